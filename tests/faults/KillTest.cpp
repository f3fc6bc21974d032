// SPDX-License-Identifier: Apache-2.0
// A program that works on a project is killed again and again: nothing that it had called saved
// may be missing, nothing half there.
#include "tests/faults/ScriptedWork.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

/// The newest complete line: steps that are on the disk.
int acknowledged(const QByteArray& output, int before)
{
    const QList<QByteArray> lines = output.left(output.lastIndexOf('\n') + 1).trimmed().split('\n');
    return lines.last().isEmpty() ? before : lines.last().toInt();
}

QByteArray workUntilKilled(const QString& project, int firstStep, int milliseconds)
{
    QProcess victim;
    victim.start(QCoreApplication::applicationDirPath() + QStringLiteral("/StoreVictim"),
                 {project, QString::number(firstStep)});
    victim.waitForStarted();
    QThread::msleep(static_cast<unsigned long>(milliseconds));
    victim.kill();
    victim.waitForFinished();
    return victim.readAllStandardOutput();
}

} // namespace

class KillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void noKillTakesWhatWasSaved()
    {
        const int kills = faultCount(500, 10000);
        constexpr int killsPerProject = 25;
        std::mt19937 random(7);
        qint64 stepsSaved = 0;
        qint64 duringOpening = 0;
        for (int kill = 0; kill < kills; kill += killsPerProject) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("work.emend"));
            ScriptedWork::create(path);
            ScriptedWork expected;
            int done = 0;
            for (int i = 0; i < killsPerProject; ++i) {
                const QByteArray output = workUntilKilled(path, done, int(random() % 76));
                const int saved = acknowledged(output, done);
                duringOpening += output.isEmpty();
                for (; done < saved; ++done)
                    expected.doStep(done);
                stepsSaved += done;
                ProjectStore store(path, ProjectStore::Mode::edit);
                ScriptedWork found(store);
                // Steps that were not yet called saved may be there, whole.
                constexpr int mostOnTheirWay = 20;
                int more = 0;
                while (!found.looksLike(expected) && more++ < mostOnTheirWay)
                    expected.doStep(done++);
                QVERIFY2(found.looksLike(expected),
                         qPrintable(QStringLiteral("kill %1: step %2 was saved, and what is there "
                                                   "is neither that nor later")
                                        .arg(kill + i)
                                        .arg(saved)));
                expected.restart();
            }
            walkBackAndForth(path, expected);
        }
        qInfo("%d kills (%lld of them before anything was saved): 0 lost, 0 torn, 0 unreadable",
              kills, duringOpening);
    }

private:
    static void walkBackAndForth(const QString& path, ScriptedWork& expected)
    {
        ProjectStore store(path, ProjectStore::Mode::edit);
        ScriptedWork found(store);
        while (expected.history().canUndo()) {
            expected.history().undo();
            found.history().undo();
            QVERIFY(found.looksLike(expected));
        }
        QVERIFY(!found.history().canUndo());
        while (expected.history().canRedo()) {
            expected.history().redo();
            found.history().redo();
        }
        QVERIFY(found.looksLike(expected));
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "KillTest.moc"
