// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/TrainingPart.h"
#include "core/jobs/Job.h"
#include "models/recipes/ReferenceTrainer.h"

#include <QCoreApplication>

#include <functional>
#include <optional>
#include <vector>

namespace emend {

/// Trains by the reference recipe, one fold after the other. The model of a fold is saved as soon
/// as it is there, so that a later fold's failure does not cost it; its state is beside it, as
/// MODEL.run.safetensors.
class ReferenceTrainJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(ReferenceTrainJob)

public:
    struct Request
    {
        ReferenceData data;
        std::vector<TrainingPart> parts;
        ReferenceOptions options;
        ComputeDevice device;
    };

    /// observer is called on the job's thread.
    using Observer = std::function<void(const TrainingPart&, const ReferencePoint&)>;
    ReferenceTrainJob(Request request, Observer observer);

    QString title() const override { return tr("Learning by the reference recipe"); }

    void run(JobContext& job) override;

    /// The mean Dice of the parts that had slices to be judged on; empty where none had.
    std::optional<double> meanScore() const;

private:
    Request m_request;
    Observer m_observer;
    std::vector<double> m_scores;
};

} // namespace emend
