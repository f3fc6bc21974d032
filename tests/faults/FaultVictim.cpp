// SPDX-License-Identifier: Apache-2.0
// Works in a folder where calls of the system fail (FailingCalls), and says of each file what it
// was told: "NAME tried 5", "NAME saved 5", "NAME refused SENTENCE", "NAME forgood SENTENCE".
// FaultVictim FOLDER [mend]     mend: all works again before projects are closed
// FaultVictim look PROJECT      only opens it (or edit), and says after which step it stands
#include "core/io/AtomicFile.h"
#include "tests/faults/FaultScript.h"
#include "tests/faults/ScriptedWork.h"

#include <QCoreApplication>

#include <cstdio>
#include <dlfcn.h>
#include <functional>

using namespace emend;

namespace {

bool mustMend = false;
QString folder;

void say(const QString& line)
{
    std::puts(line.toUtf8().constData());
}

QString inFolder(const QString& name)
{
    return folder + QLatin1Char('/') + name;
}

void mendFaults()
{
    const auto mend = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "emendMendFaults"));
    if (mustMend && mend)
        mend();
}

void sayCalls()
{
    const auto count = reinterpret_cast<int (*)(char)>(dlsym(RTLD_DEFAULT, "emendFaultCalls"));
    for (const char kind : {'r', 'o', 'w', 's', 't', 'n', 'u'})
        say(QStringLiteral("calls %1 %2").arg(QLatin1Char(kind)).arg(count ? count(kind) : 0));
}

/// False: it was refused, and that was said.
bool isDone(const QString& name, const std::function<void()>& action)
{
    try {
        action();
        return true;
    } catch (const Error& error) {
        say(name + QStringLiteral(" refused ") + error.text());
        return false;
    }
}

/// Returns whether all of it was saved.
bool workOn(const QString& name, int from, int to, const QString& copy = {})
{
    bool isSaved = false;
    isDone(name, [&] {
        ProjectStore store(inFolder(name), ProjectStore::Mode::edit);
        ScriptedWork work(store);
        for (int step = from; step < to; ++step) {
            say(QStringLiteral("%1 tried %2").arg(name).arg(step + 1));
            work.doStep(step);
            isSaved = store.flush();
            const SaveStatus status = store.status();
            if (isSaved)
                say(QStringLiteral("%1 saved %2").arg(name).arg(step + 1));
            else
                say(name +
                    (status.isForGood ? QStringLiteral(" forgood ") : QStringLiteral(" refused ")) +
                    status.problem);
        }
        if (!copy.isEmpty() && isDone(copy, [&] { store.copyTo(inFolder(copy)); }))
            say(QStringLiteral("%1 saved %2").arg(copy).arg(to));
        mendFaults();
    });
    return isSaved;
}

void replaceFile()
{
    const auto replace = [] {
        AtomicFile file(inFolder(FaultScript::replaced));
        constexpr qsizetype piece = 4000;
        for (qsizetype at = 0; at < FaultScript::newContent.size(); at += piece) {
            const QByteArray bytes = FaultScript::newContent.mid(at, piece);
            file.write(bytes.constData(), size_t(bytes.size()));
        }
        file.commit();
    };
    if (isDone(FaultScript::replaced, replace))
        say(FaultScript::replaced + QStringLiteral(" saved 1"));
}

void openProject(const QString& path, ProjectStore::Mode mode)
{
    isDone(QStringLiteral("project"), [&] {
        ProjectStore store(path, mode);
        say(QStringLiteral("project stands %1").arg(store.takeContents().position));
    });
}

void workInFolder()
{
    using namespace FaultScript;
    replaceFile();
    workOn(killed, killedAfter, killedSteps);
    if (!isDone(fresh, [] { ScriptedWork::create(inFolder(fresh)); }))
        return;
    say(fresh + QStringLiteral(" saved 0"));
    if (workOn(fresh, 0, closedAfter, copy))
        workOn(fresh, closedAfter, freshSteps);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QString what = arguments.value(1);
    if (what == QStringLiteral("look") || what == QStringLiteral("edit")) {
        const bool looks = what == QStringLiteral("look");
        openProject(arguments.value(2),
                    looks ? ProjectStore::Mode::look : ProjectStore::Mode::edit);
        return 0;
    }
    folder = what;
    mustMend = arguments.value(2) == QStringLiteral("mend");
    workInFolder();
    sayCalls();
    say(QStringLiteral("end"));
}
