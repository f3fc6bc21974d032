// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "models/MembraneClosing.h"

#include <future>

namespace emend {

namespace {

constexpr size_t mostWaitingBytes = 256'000'000; ///< larger answers do not wait beside the next
}

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
    std::future<void> handover; // of the slice before, while the network works on the next
    const auto finishHandover = [&handover] {
        if (handover.valid())
            handover.get();
    };
    for (int i = 0; i < count; ++i) {
        const QString stage = tr("Slice %1 of %2").arg(i + 1).arg(count);
        job.report(double(i) / count, stage);
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        const int z = m_request.slices[size_t(i)];
        ProbabilityMap map = predictor.predictSlice(*m_request.stack, z, m_request.voxelSize, part);
        finishHandover();
        if (map.values.size() * sizeof(float) > mostWaitingBytes)
            handOver(z, std::move(map));
        else
            handover = std::async(std::launch::async, [this, z, map = std::move(map)]() mutable {
                handOver(z, std::move(map));
            });
    }
    finishHandover();
    job.report(1, QString());
}

void PredictJob::handOver(int z, ProbabilityMap map) const
{
    const Checkpoint& model = *m_request.checkpoint;
    if (!m_request.isAsLearned && model.membraneClass() != 0)
        closeMembranes(map, model.membraneClass(), model.membraneWeight());
    m_sink(z, map);
}

} // namespace emend
