// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QString>

#include <cerrno>

namespace emend {

/// A call of the system that fails in a program that is started with FailingCalls before it.
struct Fault
{
    enum class How {
        once,
        forever,
        shortOnce, ///< half of it is written, and all is well again
        filling    ///< half of it is written, and from then on nothing
    };

    QByteArray kinds; ///< letters of FailingCalls.cpp
    int number = 0;   ///< from 1; 0: none fails
    int error = EIO;
    How how = How::once;

    /// Only calls for files below the folder fail.
    QProcessEnvironment environment(const QString& folder) const
    {
        constexpr const char* words[] = {"once", "forever", "short", "full"};
        const auto text = [](const QByteArray& bytes) {
            return QString::fromLatin1(bytes);
        };
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(EMEND_FAILING_CALLS));
        environment.insert(QStringLiteral("EMEND_FAULT_FOLDER"), QDir(folder).canonicalPath());
        environment.insert(QStringLiteral("EMEND_FAULT_KINDS"), text(kinds));
        environment.insert(QStringLiteral("EMEND_FAULT_NUMBER"), QString::number(number));
        environment.insert(QStringLiteral("EMEND_FAULT_ERROR"), QString::number(error));
        environment.insert(QStringLiteral("EMEND_FAULT_HOW"), text(words[int(how)]));
        return environment;
    }

    QString toString() const
    {
        constexpr const char* words[] = {"once", "for ever", "after a short write",
                                         "for ever after a short write"};
        return QStringLiteral("%1 call %2 fails with \"%3\" %4")
            .arg(QString::fromLatin1(kinds))
            .arg(number)
            .arg(qt_error_string(error), QString::fromLatin1(words[int(how)]));
    }
};

/// What a program had to say before it ended.
struct VictimReport
{
    QStringList lines;
    QString trouble; ///< empty: it ended by itself and well
};

/// Runs FaultVictim while calls for files below the folder fail.
inline VictimReport runVictim(const QStringList& arguments, const Fault& fault,
                              const QString& folder)
{
    constexpr int mostMs = 20'000;
    QProcess victim;
    victim.setProcessEnvironment(fault.environment(folder));
    victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    victim.start(QCoreApplication::applicationDirPath() + QStringLiteral("/FaultVictim"),
                 arguments);
    VictimReport report;
    if (!victim.waitForFinished(mostMs))
        report.trouble = QStringLiteral("it hangs");
    else if (victim.exitStatus() != QProcess::NormalExit || victim.exitCode() != 0)
        report.trouble = QStringLiteral("it crashed");
    victim.kill();
    victim.waitForFinished();
    report.lines =
        QString::fromUtf8(victim.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    return report;
}

/// What the user reads says what happened and what to do, of files that he knows.
inline bool isSentence(const QString& text)
{
    return text.size() > 20 && !text.contains(QStringLiteral(".part")) &&
           (text.endsWith(u'.') || text.endsWith(QStringLiteral(".emend")));
}

} // namespace emend
