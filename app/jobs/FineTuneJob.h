// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/project/CorrectedErrors.h"
#include "core/project/TrainingSet.h"
#include "models/Trainer.h"

#include <QCoreApplication>

#include <memory>

namespace emend {

/// Teaches a model from a snapshot of the corrections; the result is a new model.
class FineTuneJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(FineTuneJob)

public:
    /// What to learn from, and how.
    struct Request
    {
        std::shared_ptr<const ImageStack> stack;
        LabelVolume labels;    ///< a snapshot
        Prediction prediction; ///< what was corrected, to see how much of it was wrong
        ClassTable classes;
        VoxelSize voxelSize;
        std::shared_ptr<const Checkpoint> parent; ///< null: start from random weights
        TrainingOptions options;
        ComputeDevice device;
        QString name; ///< of the new model
    };

    /// observer is called on the job's thread.
    FineTuneJob(Request request, Trainer::Observer observer);

    QString title() const override { return tr("Learning from corrections"); }

    void run(JobContext& job) override;

    TrainingResult takeResult() { return std::move(m_result); }

    /// Slices with corrections that were kept for the score.
    const SliceRange& heldOutSlices() const { return m_heldOutSlices; }

    /// What the prediction that was corrected had wrong.
    CorrectedErrors correctedErrors() const { return m_errors; }

private:
    Request m_request;
    Trainer::Observer m_observer;
    TrainingResult m_result;
    SliceRange m_heldOutSlices;
    CorrectedErrors m_errors;
};

} // namespace emend
