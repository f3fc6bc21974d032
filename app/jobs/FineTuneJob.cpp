// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/FineTuneJob.h"

namespace emend {

FineTuneJob::FineTuneJob(Request request, Trainer::Observer observer)
    : m_request(std::move(request))
    , m_observer(std::move(observer))
{
}

void FineTuneJob::run(JobContext& job)
{
    job.report(0, tr("Looking through the corrections"));
    TrainingSet set(m_request.stack, m_request.labels, m_request.classes);
    set.setVoxelSize(m_request.voxelSize);
    m_heldOutSlices = set.heldOutSlices();
    m_errors = CorrectedErrors::count(m_request.labels, m_request.prediction);
    job.checkCancelled();

    Trainer trainer(m_request.parent, m_request.options, m_request.device);
    m_result = trainer.train(set, m_request.name, job, m_observer);
}

} // namespace emend
