// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

namespace emend {

PredictJob::PredictJob(Request request, Predictor::Sink sink)
    : m_request(std::move(request))
    , m_sink(std::move(sink))
{
}

void PredictJob::run(JobContext& job)
{
    Predictor predictor(m_request.isAsLearned ? m_request.checkpoint
                                              : Checkpoint::decided(m_request.checkpoint),
                        m_request.device, m_request.options);
    const int count = int(m_request.slices.size());
    for (int i = 0; i < count; ++i) {
        const QString stage = tr("Slice %1 of %2").arg(i + 1).arg(count);
        job.report(double(i) / count, stage);
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        const int z = m_request.slices[size_t(i)];
        m_sink(z, predictor.predictSlice(*m_request.stack, z, m_request.voxelSize, part));
    }
    job.report(1, QString());
}

} // namespace emend
