// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QStringList>

namespace emend {

/// What came of a run of emend-cli.
struct Outcome
{
    int status = -1; ///< the exit status; -1 where it crashed
    QByteArray output;
    QByteArray errors;
};

/// The real program; EMEND_CLI is its path.
inline Outcome runCli(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(EMEND_CLI), arguments);
    if (!process.waitForFinished(240000))
        process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

/// words: an argument each, between spaces.
inline Outcome runCli(const QString& words)
{
    return runCli(words.split(QLatin1Char(' ')));
}

} // namespace emend
