// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/Job.h"

#include "core/jobs/RightOfWay.h"

namespace emend {

JobContext::JobContext(std::stop_token stop, Report report, std::shared_ptr<const RightOfWay> hand)
    : m_stop(std::move(stop))
    , m_report(std::move(report))
    , m_hand(std::move(hand))
{
}

void JobContext::report(double fraction, const QString& stage)
{
    if (!stage.isEmpty())
        m_stage = stage;
    if (m_report)
        m_report(fraction, m_stage);
}

void JobContext::checkCancelled() const
{
    if (m_hand)
        m_hand->wait(m_stop);
    if (isCancelled())
        throw Cancelled();
}

double JobContext::waitedSeconds() const
{
    return m_hand ? m_hand->waitedSeconds() : 0;
}

JobContext JobContext::part(double from, double to)
{
    Report whole = m_report;
    const Report share = [whole, from, to](double fraction, const QString& stage) {
        if (whole)
            whole(from + fraction * (to - from), stage);
    };
    JobContext part(m_stop, share, m_hand);
    part.m_stage = m_stage;
    return part;
}

} // namespace emend
