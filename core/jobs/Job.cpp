// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/Job.h"

namespace emend {

JobContext::JobContext(std::stop_token stop, Report report)
    : m_stop(std::move(stop))
    , m_report(std::move(report))
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
    if (isCancelled())
        throw Cancelled();
}

JobContext JobContext::part(double from, double to)
{
    Report whole = m_report;
    JobContext part(m_stop, [whole, from, to](double fraction, const QString& stage) {
        if (whole)
            whole(from + fraction * (to - from), stage);
    });
    part.m_stage = m_stage;
    return part;
}

} // namespace emend
