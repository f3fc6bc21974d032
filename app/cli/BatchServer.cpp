// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BatchServer.h"

#include "app/cli/Command.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <optional>
#include <poll.h>
#include <unistd.h>

namespace emend {

namespace {

constexpr int mostBatches = 1000000;
constexpr qsizetype longestLine = 80;

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// Lines of standard input; Ctrl+C is heard while it waits for one.
class InputLines
{
public:
    /// Nothing at the end of the input.
    std::optional<QByteArray> next(const JobContext& job)
    {
        while (true) {
            const qsizetype end = m_bytes.indexOf('\n');
            if (end >= 0 || m_bytes.size() > longestLine)
                return taken(end);
            if (!readMore(job))
                return m_bytes.isEmpty() ? std::nullopt : std::optional(taken(-1));
        }
    }

private:
    /// What is before that place, or all.
    QByteArray taken(qsizetype end)
    {
        const QByteArray line = m_bytes.left(end);
        m_bytes = end < 0 ? QByteArray() : m_bytes.mid(end + 1);
        return line;
    }

    bool readMore(const JobContext& job)
    {
        constexpr int patienceMs = 100;
        pollfd input{STDIN_FILENO, POLLIN, 0};
        while (poll(&input, 1, patienceMs) <= 0)
            job.checkCancelled();
        std::array<char, 256> bytes;
        const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count > 0)
            m_bytes.append(bytes.data(), count);
        return count > 0 || (count < 0 && errno == EINTR);
    }

    QByteArray m_bytes;
};

} // namespace

void BatchServer::run(JobContext& job)
{
    InputLines lines;
    printLine(QStringLiteral("ready"));
    while (const std::optional<QByteArray> line = lines.next(job))
        answer(*line, job);
}

void BatchServer::answer(const QByteArray& line, JobContext& job)
{
    const QList<QByteArray> words = line.simplified().split(' ');
    bool isNumber = false;
    const int count = words.value(1).toInt(&isNumber);
    if (words.size() != 2 || words[0] != "run" || !isNumber || count < 1 || count > mostBatches)
        throw UsageError(tr("A line is \"run\" and a whole number from 1 to %1, not \"%2\".")
                             .arg(mostBatches)
                             .arg(QString::fromUtf8(line.left(longestLine))));
    m_benchmark.runBatches(count, job);
    printLine(QStringLiteral("done"));
}

} // namespace emend
