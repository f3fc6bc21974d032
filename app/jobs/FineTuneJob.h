// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
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
    /// parent may be null: then the model starts from random weights. observer is called on the
    /// job's thread.
    FineTuneJob(std::shared_ptr<const Checkpoint> parent, TrainingSet set,
                TrainingOptions options, ComputeDevice device, QString name,
                Trainer::Observer observer);

    QString title() const override { return tr("Learning from corrections"); }
    void run(JobContext& job) override;

    TrainingResult takeResult() { return std::move(m_result); }

private:
    std::shared_ptr<const Checkpoint> m_parent;
    TrainingSet m_set;
    TrainingOptions m_options;
    ComputeDevice m_device;
    QString m_name;
    Trainer::Observer m_observer;
    TrainingResult m_result;
};

} // namespace emend
