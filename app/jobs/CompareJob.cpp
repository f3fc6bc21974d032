// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/CompareJob.h"

#include "app/jobs/PredictJob.h"
#include "app/session/ClassMapping.h"

#include <algorithm>

namespace emend {

namespace {

bool haveCommon(const std::vector<int>& first, const std::vector<int>& second)
{
    return std::find_first_of(first.begin(), first.end(), second.begin(), second.end()) !=
           first.end();
}

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

} // namespace

CompareJob::CompareJob(Request request)
    : m_request(std::move(request))
{
}

void CompareJob::run(JobContext& job)
{
    const auto& [first, second] = m_request.models;
    m_result.classes = m_request.classes;
    const std::vector<int> ofFirst = mapModelClasses(first->classNames, m_result.classes);
    const std::vector<int> ofSecond = mapModelClasses(second->classNames, m_result.classes);
    if (!haveCommon(ofFirst, ofSecond))
        throw Error(tr("The models have no class in common (%1; %2), so there is nothing to "
                       "compare. Choose two that know the same classes.")
                        .arg(first->classNames.join(u", "), second->classNames.join(u", ")));
    m_result.namesDiffer = sorted(first->classNames) != sorted(second->classNames);

    JobContext firstHalf = job.part(0, 0.5);
    JobContext secondHalf = job.part(0.5, 1);
    const Prediction firstSays = predict(0, ofFirst, firstHalf);
    const Prediction secondSays = predict(1, ofSecond, secondHalf);
    job.checkCancelled();
    m_result.slice = ComparedSlice::of(firstSays, secondSays, m_request.z);
    job.report(1, QString());
}

Prediction CompareJob::predict(size_t model, const std::vector<int>& mapping, JobContext& job) const
{
    job.report(0, tr("Slice %1, model %2 of 2").arg(m_request.z + 1).arg(model + 1));
    const int classCount = m_result.classes.count();
    // By way of the 8 bits of a prediction, so that the winners are those that predicting brings.
    Prediction prediction(m_request.stack->size(), classCount);
    PredictJob predicting(
        {m_request.stack,
         m_request.voxelSize,
         m_request.models[model],
         {m_request.z},
         m_request.device,
         m_request.options,
         decidedMembranes(m_request.labels, m_request.classes, *m_request.models[model]),
         m_request.recent[model]},
        [&](int z, const ProbabilityMap& map) {
            prediction.setSlice(z, mapPlanes(map, mapping, classCount));
        });
    predicting.run(job);
    return prediction;
}

} // namespace emend
