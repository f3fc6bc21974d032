// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/Predictor.h"

#include <optional>
#include <vector>

namespace emend {

/// From which probability on a new model should take a pixel for membrane
/// (Checkpoint::membraneThreshold): where the cells of areas that are corrected all over come
/// apart best (V_rand). Areas that nothing was learned from are preferred. Where nothing is
/// corrected all over, areas with corrections are judged by what the user saw there: the
/// corrections, and around them the masks that were left as they were.
///
/// Costs a bounded time: at most six areas of 512 x 512 pixels. Compute thread only; the training
/// set must outlive it.
class ThresholdChoice
{
public:
    ThresholdChoice(const TrainingSet& set, ComputeDevice device, PredictorOptions options);

    /// Those that it chooses among, all but the first and the last: of the probability of inside.
    static std::vector<double> thresholds();

    /// Empty where there is no such area, or no class is called "membrane".
    std::optional<double> of(std::shared_ptr<const Checkpoint> model, JobContext& job) const;

    /// The areas were learned from, or most of their pixels: there a model is surer than it will be
    /// elsewhere, so that the threshold may be too high, never too low.
    bool isFromLearned() const { return m_isFromLearned; }

private:
    std::vector<TrainingSet::Block> areasOf(const SliceRange& slices, double leastKnown) const;
    std::vector<quint8> truthOf(const TrainingSet::Block& area) const;

    const TrainingSet& m_set;
    ComputeDevice m_device;
    PredictorOptions m_options;
    std::vector<TrainingSet::Block> m_areas;
    bool m_isFromLearned = false;
    bool m_takesShown = false; ///< for the truth of pixels that are not corrected
};

} // namespace emend
