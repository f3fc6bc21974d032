// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/TrainingPart.h"
#include "core/jobs/Job.h"
#include "models/recipes/PaperTrainer.h"

#include <QCoreApplication>

#include <functional>
#include <vector>

namespace emend {

/// Trains by the recipe of the U-Net paper, one fold after the other. The model of a fold is saved
/// as soon as it is there, so that a later fold's failure does not cost it.
class PaperTrainJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(PaperTrainJob)

public:
    struct Request
    {
        ReferenceData data;
        std::vector<TrainingPart> parts;
        RecipeOptions options;
        ComputeDevice device;
    };

    /// observer is called on the job's thread.
    using Observer = std::function<void(const TrainingPart&, int step, double loss)>;
    PaperTrainJob(Request request, Observer observer);

    QString title() const override { return tr("Learning by the recipe of the U-Net paper"); }

    void run(JobContext& job) override;

private:
    Request m_request;
    Observer m_observer;
};

} // namespace emend
