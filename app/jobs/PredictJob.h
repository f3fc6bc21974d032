// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/RecentAnswers.h"
#include "core/jobs/Job.h"
#include "models/cells/DecidedMembranes.h"
#include "models/cells/SectionPieces.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// Runs a model over slices, in the order given, and closes gaps in the membranes that it predicts
/// (SectionPieces.h). The slices beside each one tell which faint membranes are real, so they are
/// predicted too, once each where slices are asked for one after the other. What people decided,
/// about a slice or those beside it, counts there instead of what the model says; where they
/// decided about all of one beside, the model is not asked.
///
/// Where memory is too little for that (PredictionMemory.h) each slice is taken for itself, and
/// where it is too little even so the job says how much it would take, before it predicts anything.
class PredictJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(PredictJob)

public:
    /// What to predict, and with what.
    struct Request
    {
        std::shared_ptr<const ImageStack> stack;
        VoxelSize voxelSize;
        std::shared_ptr<const Checkpoint> checkpoint;
        std::vector<int> slices; ///< each once; the first one is predicted first
        ComputeDevice device;
        PredictorOptions options;
        DecidedMembranes decided = {};

        /// Shared with jobs before and after it. Null: the job keeps no answers.
        std::shared_ptr<RecentAnswers> recent = nullptr;

        qint64 mostBytes = 0; ///< of the computer's memory; 0: what is free when the job begins
    };

    /// sink gets each slice as soon as it is there, one at a time and in order, on a thread beside
    /// the job's: what it does with a slice costs no time of the network's. Not after run().
    PredictJob(Request request, Predictor::Sink sink);

    /// A slice as the model answered, and where membranes are to be closed. Empty where no class is
    /// called "membrane".
    using BorderSink =
        std::function<void(int z, ProbabilityMap asLearned, const MembraneBorders& borders)>;
    PredictJob(Request request, BorderSink sink);

    QString title() const override { return tr("Predicting"); }

    void run(JobContext& job) override;

    const Request& request() const { return m_request; }

private:
    /// Whether memory is enough for it; throws where it is not enough for a slice alone.
    bool mayLookBeside() const;

    /// Nothing for a slice that is only beside the wanted one and cannot be read: it tells nothing.
    std::optional<ProbabilityMap> answerFor(int z, bool isWanted, JobContext& job) const;

    Request m_request;
    BorderSink m_sink;
};

} // namespace emend
