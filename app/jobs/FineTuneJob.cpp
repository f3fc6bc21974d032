// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/FineTuneJob.h"

namespace emend {

FineTuneJob::FineTuneJob(std::shared_ptr<const Checkpoint> parent, TrainingSet set,
                         TrainingOptions options, ComputeDevice device, QString name,
                         Trainer::Observer observer)
    : m_parent(std::move(parent))
    , m_set(std::move(set))
    , m_options(options)
    , m_device(device)
    , m_name(std::move(name))
    , m_observer(std::move(observer))
{
}

void FineTuneJob::run(JobContext& job)
{
    Trainer trainer(m_parent, m_options, m_device);
    m_result = trainer.train(m_set, m_name, job, m_observer);
}

} // namespace emend
