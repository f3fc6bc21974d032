// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/RecentAnswers.h"

#include <algorithm>
#include <utility>

namespace emend {

namespace {

qint64 bytesOf(const ProbabilityMap& map)
{
    return qint64(map.values.size() * sizeof(float));
}

} // namespace

ProbabilityMap RecentAnswers::answer(const Question& question, int z, JobContext& job)
{
    if (question != m_question) {
        *this = RecentAnswers(m_mostBytes);
        m_question = question;
    }
    const auto found = std::ranges::find(m_answers, z, &Answer::z);
    if (found != m_answers.end()) {
        std::rotate(found, found + 1, m_answers.end());
        return m_answers.back().map;
    }
    ProbabilityMap map = predictor().predictSlice(*m_question.stack, z, m_question.voxelSize, job);
    m_hasBrightMembranes = predictor().brightMembranesOf(*m_question.stack);
    keep(z, map);
    return map;
}

void RecentAnswers::releaseNetwork()
{
    m_predictor.reset();
}

Predictor& RecentAnswers::predictor()
{
    if (!m_predictor) {
        m_predictor = std::make_unique<Predictor>(m_question.checkpoint, m_question.device,
                                                  m_question.options);
        if (m_hasBrightMembranes)
            m_predictor->setBrightMembranes(*m_question.stack, *m_hasBrightMembranes);
    }
    return *m_predictor;
}

void RecentAnswers::keep(int z, const ProbabilityMap& map)
{
    const qint64 bytes = bytesOf(map); // as many for each slice
    while (!m_answers.empty() && bytes * qint64(m_answers.size() + 1) > m_mostBytes)
        m_answers.pop_front();
    if (bytes <= m_mostBytes)
        m_answers.push_back({z, map});
}

} // namespace emend
