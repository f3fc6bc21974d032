// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

namespace emend {

/// Lets a person's hand go before a job: while somebody paints, the job waits between two pieces of
/// its work, and the processor draws the brush instead.
///
/// Shared by both, from any thread. Nobody can forget to give the way back: each movement claims it
/// for a moment only.
class RightOfWay
{
public:
    /// The hand has moved.
    void claim();

    /// Waits until the hand has rested for a moment or stop is asked for, but not longer than
    /// mostAtOnce, after which nobody waits for a turn: who paints without a pause slows a job and
    /// does not hold it up.
    void wait(const std::stop_token& stop) const;

    /// How long all jobs together have waited here.
    double waitedSeconds() const;

    static constexpr std::chrono::milliseconds moment{150};
    static constexpr std::chrono::milliseconds mostAtOnce{3000};
    static constexpr std::chrono::milliseconds turn{500};

private:
    using Clock = std::chrono::steady_clock;

    std::atomic<Clock::time_point> m_claimedUntil{};
    mutable std::atomic<Clock::time_point> m_turnUntil{}; ///< of jobs that have waited enough
    mutable std::atomic<Clock::rep> m_waitedTicks = 0;    ///< of the clock
};

} // namespace emend
