// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace emend {

/// How many steps of learning fit into a time. Steps are timed all the way, and what is left is
/// planned anew after 8, 16, 32, ... of them by the pace of the latest half: a busy minute at the
/// beginning does not make learning short, nor one later make it long.
class StepPlan
{
public:
    static constexpr int fewestSteps = 40; ///< less teaches nothing, however slow the machine

    /// asked: no more than these; seconds: 0 where they may take as long as they take.
    StepPlan(int asked, double seconds)
        : m_asked(asked)
        , m_seconds(seconds)
        , m_steps(asked)
    {
    }

    /// Whether the next add() plans. A card must have done by then what it was given.
    bool plansNext() const { return m_done + 1 == m_nextLook; }

    /// One more step took that long, without what else was done meanwhile.
    void add(double secondsOfStep)
    {
        ++m_done;
        m_spent += secondsOfStep;
        if (m_done != m_nextLook)
            return;
        // The first steps still look for memory. (A card's for kernels, too: the second plan sees
        // it.)
        if (m_lookedAt > 0 && m_seconds > 0)
            plan((m_spent - m_spentAtLook) / (m_done - m_lookedAt));
        m_lookedAt = m_done;
        m_spentAtLook = m_spent;
        m_nextLook = std::max(firstPlan, 2 * m_done);
    }

    int steps() const { return m_steps; }

private:
    static constexpr int firstPlan = 8; ///< after so many steps

    void plan(double secondsAStep)
    {
        constexpr double shortest = 1e-4;
        const double left = std::max(0.0, m_seconds - m_spent) / std::max(shortest, secondsAStep);
        // The rate comes down by then, unless it is about to be down anyway.
        const int toTheEnd = std::min(m_done / 5, m_steps - m_done);
        const double fitting = std::max(left, double(std::max(toTheEnd, fewestSteps - m_done)));
        m_steps = int(std::min<double>(m_asked, m_done + fitting));
    }

    int m_asked;
    double m_seconds;
    int m_steps;
    int m_done = 0;
    int m_nextLook = 2;
    int m_lookedAt = 0;
    double m_spent = 0;
    double m_spentAtLook = 0;
};

} // namespace emend
