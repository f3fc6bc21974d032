// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/Checkpoint.h"
#include "models/Predictor.h"

#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// How well models do on corrected pixels that none of them learned from: soft Dice over the
/// classes, the mean over a few areas. Before and after learning the same pixels are looked at.
///
/// Costs a bounded time, however much is corrected: at most six areas of 512 x 512 pixels, evenly
/// chosen. Compute thread only; the training set must outlive it.
class HeldOutScore
{
public:
    HeldOutScore(const TrainingSet& set, ComputeDevice device, PredictorOptions options);

    bool isEmpty() const { return m_areas.empty(); }

    /// Empty where nothing is held out, or where the model has other classes than the set.
    std::optional<double> of(std::shared_ptr<const Checkpoint> model, JobContext& job) const;

private:
    struct Area
    {
        int z = 0;
        Rect rect;
    };

    const TrainingSet& m_set;
    ComputeDevice m_device;
    PredictorOptions m_options;
    std::vector<Area> m_areas;
};

} // namespace emend
