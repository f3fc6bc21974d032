// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/RightOfWay.h"

#include <thread>

namespace emend {

namespace {

constexpr std::chrono::milliseconds glance{10}; ///< between two looks whether the hand still moves

} // namespace

void RightOfWay::claim()
{
    m_claimedUntil = Clock::now() + moment;
}

void RightOfWay::wait(const std::stop_token& stop) const
{
    const Clock::time_point begin = Clock::now();
    if (begin < m_turnUntil.load())
        return;
    Clock::time_point now = begin;
    while (now < m_claimedUntil.load() && now < begin + mostAtOnce && !stop.stop_requested()) {
        std::this_thread::sleep_for(glance);
        now = Clock::now();
    }
    m_waitedTicks += (now - begin).count();
    if (now >= begin + mostAtOnce)
        m_turnUntil = now + turn;
}

double RightOfWay::waitedSeconds() const
{
    return std::chrono::duration<double>(Clock::duration(m_waitedTicks)).count();
}

} // namespace emend
