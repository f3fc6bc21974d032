// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PaperTrainJob.h"

#include <QFileInfo>

namespace emend {

PaperTrainJob::PaperTrainJob(Request request, Observer observer)
    : m_request(std::move(request))
    , m_observer(std::move(observer))
{
}

void PaperTrainJob::run(JobContext& job)
{
    const double count = double(m_request.parts.size());
    for (size_t i = 0; i < m_request.parts.size(); ++i) {
        const TrainingPart& part = m_request.parts[i];
        JobContext learning = job.part(double(i) / count, double(i + 1) / count);
        PaperTrainer(m_request.options, m_request.device)
            .train(m_request.data, part.slices.training,
                   QFileInfo(part.modelPath).completeBaseName(), learning,
                   [&](int step, double loss) { m_observer(part, step, loss); })
            ->save(part.modelPath);
    }
}

} // namespace emend
