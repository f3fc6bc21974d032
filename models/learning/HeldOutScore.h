// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/Checkpoint.h"
#include "models/Predictor.h"

#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// How well models do on corrected pixels that none of them learned from, in a few areas. Before
/// and after learning the same pixels are looked at.
///
/// Two numbers. *Dice* is what others publish: soft, the mean over classes and areas. *Clearly
/// wrong* are pixels of another class than the truth where so is everything the model says within 2
/// pixels. Most corrected pixels were confirmed, so that borders lie just where the old model drew
/// them, and a new one that draws them a pixel beside loses by Dice, however many gaps it closes.
/// So a new model is worse only where both say so.
///
/// Costs a bounded time, however much is corrected: at most six areas of 512 x 512 pixels, evenly
/// chosen. Compute thread only; the training set must outlive it.
class HeldOutScore
{
public:
    HeldOutScore(const TrainingSet& set, ComputeDevice device, PredictorOptions options);

    struct Score
    {
        double dice = 0;
        qint64 clearlyWrong = 0; ///< pixels
    };

    bool isEmpty() const { return m_areas.empty(); }

    /// Empty where nothing is held out, or where the model has other classes than the set.
    std::optional<Score> of(std::shared_ptr<const Checkpoint> model, JobContext& job) const;

private:
    const TrainingSet& m_set;
    ComputeDevice m_device;
    PredictorOptions m_options;
    std::vector<TrainingSet::Block> m_areas;
};

} // namespace emend
