// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TerminalProgress.h"

#include "core/jobs/JobRunner.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace emend {

namespace {

constexpr int barWidth = 30;

QString remainingText(double fraction, std::chrono::duration<double> elapsed)
{
    const auto seconds = remainingSeconds(fraction, elapsed);
    if (!seconds || fraction >= 1)
        return {};
    const int whole = int(*seconds + 0.5);
    return QStringLiteral("  %1:%2 left").arg(whole / 60).arg(whole % 60, 2, 10, QChar(u'0'));
}

} // namespace

TerminalProgress::TerminalProgress()
    : m_isTerminal(isatty(STDERR_FILENO) == 1)
{
}

TerminalProgress::~TerminalProgress()
{
    clear();
}

void TerminalProgress::report(double fraction, const QString& stage)
{
    fraction = std::clamp(fraction, 0.0, 1.0);
    const auto now = Clock::now();
    if (m_isTerminal) {
        if (now - m_last < std::chrono::milliseconds(50) && fraction < 1)
            return;
        m_last = now;
        drawBar(fraction, stage);
        return;
    }
    const int tenth = int(fraction * 10);
    if (tenth == m_lastTenth)
        return;
    m_lastTenth = tenth;
    std::fprintf(stderr, "%3d %%  %s\n", int(fraction * 100), qUtf8Printable(stage));
}

void TerminalProgress::clear()
{
    if (m_isDrawn)
        std::fprintf(stderr, "\r\033[K");
    m_isDrawn = false;
}

void TerminalProgress::drawBar(double fraction, const QString& stage)
{
    const int filled = int(fraction * barWidth + 0.5);
    const QString bar = QString(filled, QChar(u'#')) + QString(barWidth - filled, QChar(u'.'));
    const QString text = QStringLiteral("[%1] %2 %  %3%4")
                             .arg(bar)
                             .arg(int(fraction * 100), 3)
                             .arg(stage, remainingText(fraction, Clock::now() - m_start));
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(text));
    std::fflush(stderr);
    m_isDrawn = true;
}

} // namespace emend
