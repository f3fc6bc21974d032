// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/ReferenceTrainJob.h"

#include <QDir>
#include <QFileInfo>

#include <numeric>

namespace emend {

namespace {

QString statePathOf(const QString& modelPath)
{
    const QFileInfo file(modelPath);
    return file.dir().filePath(file.completeBaseName() + QStringLiteral(".run.safetensors"));
}

} // namespace

ReferenceTrainJob::ReferenceTrainJob(Request request, Observer observer)
    : m_request(std::move(request))
    , m_observer(std::move(observer))
{
}

void ReferenceTrainJob::run(JobContext& job)
{
    const double count = double(m_request.parts.size());
    for (size_t i = 0; i < m_request.parts.size(); ++i) {
        const TrainingPart& part = m_request.parts[i];
        ReferenceOptions options = m_request.options;
        options.statePath = statePathOf(part.modelPath);
        JobContext learning = job.part(double(i) / count, double(i + 1) / count);
        const auto model =
            ReferenceTrainer(options, m_request.device)
                .train(m_request.data, part.slices, QFileInfo(part.modelPath).completeBaseName(),
                       learning, [&](const ReferencePoint& point) { m_observer(part, point); });
        model->save(part.modelPath);
        if (model->lineage.scoreAfter)
            m_scores.push_back(*model->lineage.scoreAfter);
    }
}

std::optional<double> ReferenceTrainJob::meanScore() const
{
    if (m_scores.empty())
        return {};
    return std::accumulate(m_scores.begin(), m_scores.end(), 0.0) / double(m_scores.size());
}

} // namespace emend
