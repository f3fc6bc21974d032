// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/labels/Prediction.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/Predictor.h"

#include <QtGlobal>

#include <deque>
#include <memory>
#include <optional>

namespace emend {

/// What a model answered lately. A slice is cut with the answers for the slices beside it, so who
/// goes on from slice to slice, or predicts one again after correcting it, asks for the same ones
/// again and again: the network is asked once.
///
/// Answers are kept as they were learned, in full, the last ones that fit into 256 MB. Shared by
/// those who start predictions and their jobs; used by one job at a time.
class RecentAnswers
{
public:
    /// All that an answer depends on, but for the slice.
    struct Question
    {
        std::shared_ptr<const ImageStack> stack;
        VoxelSize voxelSize;
        std::shared_ptr<const Checkpoint> checkpoint;
        ComputeDevice device;
        PredictorOptions options;

        bool operator==(const Question&) const = default;
    };

    explicit RecentAnswers(qint64 mostBytes = 256'000'000)
        : m_mostBytes(mostBytes)
    {
    }

    /// The answer for a slice of it. Answers to another question are forgotten first. Throws what a
    /// Predictor throws.
    ProbabilityMap answer(const Question& question, int z, JobContext& job);

    /// The network and its memory; answers stay. For the end of a job.
    void releaseNetwork();

private:
    struct Answer
    {
        int z;
        ProbabilityMap map;
    };

    Predictor& predictor();
    void keep(int z, const ProbabilityMap& map);

    qint64 m_mostBytes;
    Question m_question;
    std::deque<Answer> m_answers; ///< the latest last
    std::optional<bool> m_hasBrightMembranes;
    std::unique_ptr<Predictor> m_predictor; ///< while a job works, from when it is needed
};

} // namespace emend
