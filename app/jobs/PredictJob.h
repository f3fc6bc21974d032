// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"
#include "models/Predictor.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <vector>

namespace emend {

/// Runs a model over slices, in the order given.
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
        std::vector<int> slices; ///< the first one is predicted first
        ComputeDevice device;
        PredictorOptions options;

        /// The probabilities as the model learned them; else weighed such that the most probable
        /// class is the one that the model's threshold decides for (Checkpoint::decided), and gaps
        /// in membranes closed (MembraneClosing.h).
        bool isAsLearned = false;
    };

    /// sink gets each slice as soon as it is there, one at a time and in order, on a thread beside
    /// the job's: what it does with a slice costs no time of the network's. Not after run().
    PredictJob(Request request, Predictor::Sink sink);

    QString title() const override { return tr("Predicting"); }

    void run(JobContext& job) override;

    const Request& request() const { return m_request; }

private:
    void handOver(int z, ProbabilityMap map) const;

    Request m_request;
    Predictor::Sink m_sink;
};

} // namespace emend
