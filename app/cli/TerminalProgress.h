// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

namespace emend {

/// Shows a job's progress on standard error: a bar that stays on its line where that is a
/// terminal, else a plain line now and then. One thread.
class TerminalProgress
{
public:
    TerminalProgress();
    ~TerminalProgress();

    void report(double fraction, const QString& stage);

    /// Takes the bar off the line, so that something else can be printed.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    void drawBar(double fraction, const QString& stage);

    bool m_isTerminal;
    bool m_isDrawn = false;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_last;
    int m_lastTenth = -1;
};

} // namespace emend
