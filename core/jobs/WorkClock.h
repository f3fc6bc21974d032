// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <chrono>

namespace emend {

/// How long a job has worked since this clock was made: what it waited for somebody's hand is not
/// counted. Lives within the job's run().
class WorkClock
{
public:
    explicit WorkClock(const JobContext& job)
        : m_job(job)
        , m_begin(Clock::now())
        , m_waitedBefore(job.waitedSeconds())
    {
    }

    double seconds() const
    {
        const std::chrono::duration<double> passed = Clock::now() - m_begin;
        return passed.count() - (m_job.waitedSeconds() - m_waitedBefore);
    }

private:
    using Clock = std::chrono::steady_clock;

    JobContext m_job;
    Clock::time_point m_begin;
    double m_waitedBefore;
};

} // namespace emend
