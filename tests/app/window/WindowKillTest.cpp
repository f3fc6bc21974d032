// SPDX-License-Identifier: Apache-2.0
// The whole window is killed again and again, while it is painted in, learns, exports or starts:
// no stroke that was on the disk may be missing, nothing half there.
#include "core/io/StackReader.h"
#include "core/project/EditHistory.h"
#include "core/project/Project.h"
#include "models/Checkpoint.h"
#include "tests/faults/LabelHash.h"
#include "tests/faults/ScriptedWork.h"
#include "tests/support/DrawnStack.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <iterator>

using namespace emend;

namespace {

constexpr const char* works[] = {"paint", "learn", "export"};
constexpr int startsPerKillAtStart = 6; ///< one in so many is killed while it starts

/// What it said of its labels last; empty: it was killed before its first stroke.
QByteArray workUntilKilled(const QString& stack, const char* work, bool isAtStart, int milliseconds)
{
    QProcess victim;
    victim.start(QCoreApplication::applicationDirPath() + QStringLiteral("/WindowVictim"),
                 {stack, QString::fromLatin1(work)});
    if (!isAtStart && !victim.waitForReadyRead(60000))
        qWarning("%s", victim.readAllStandardError().constData());
    victim.waitForFinished(milliseconds);
    victim.kill();
    victim.waitForFinished();
    const QByteArray output = victim.readAllStandardOutput();
    const QByteArray whole = output.left(output.lastIndexOf('\n'));
    return whole.mid(whole.lastIndexOf('\n') + 1);
}

/// Strokes that were not yet called saved may be there, whole: undo leads back to what was.
bool leadsBackTo(const QByteArray& saved, Project& project, EditHistory& history)
{
    constexpr int mostOnTheirWay = 6;
    for (int i = 0; i < mostOnTheirWay; ++i) {
        if (labelHash(project.labels()) == saved)
            return true;
        if (history.undo() < 0)
            return false;
    }
    return false;
}

} // namespace

class WindowKillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void noKillOfTheWindowTakesWhatWasSaved()
    {
        const int kills = faultCount(50, 1000);
        constexpr int killsPerProject = 10;
        std::mt19937 random(11);
        std::unique_ptr<QTemporaryDir> folder;
        QByteArray saved;
        int beforeAnyStroke = 0;
        for (int kill = 0; kill < kills; ++kill) {
            if (kill % killsPerProject == 0) {
                folder = std::make_unique<QTemporaryDir>();
                DrawnStack::sections(256, 3).saveGrey(folder->filePath(QStringLiteral("a.tif")));
                saved.clear();
            }
            const bool isAtStart = kill % startsPerKillAtStart == startsPerKillAtStart - 1;
            const QByteArray said = workUntilKilled(folder->filePath(QStringLiteral("a.tif")),
                                                    works[size_t(kill) % std::size(works)],
                                                    isAtStart, int(random() % 500));
            beforeAnyStroke += said.isEmpty();
            if (!said.isEmpty())
                saved = said;
            checkWhatIsThere(*folder, saved);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QStringLiteral("kill %1").arg(kill)));
        }
        qInfo("%d kills of the window (%d of them before the first stroke): 0 lost, 0 torn, 0 "
              "unreadable",
              kills, beforeAnyStroke);
    }

private:
    static void checkWhatIsThere(const QTemporaryDir& folder, const QByteArray& saved)
    {
        const auto stack = StackReader::open(folder.filePath(QStringLiteral("a.tif")));
        const QString path = folder.filePath(QStringLiteral("a.emend"));
        if (saved.isEmpty() && !QFileInfo::exists(path))
            return; // killed before the stack was open
        ProjectStore store(path, ProjectStore::Mode::look);
        const ProjectContents contents = store.takeContents();
        for (const ModelRecord& model : contents.models)
            QVERIFY(Checkpoint::fromBytes(model.file, model.name));
        Project project(stack, contents);
        EditHistory history(project);
        history.keepIn(store, contents.steps, contents.position);
        if (!saved.isEmpty())
            QVERIFY(leadsBackTo(saved, project, history));
        const QString exported = folder.filePath(QStringLiteral("a.tif-labels.tif"));
        if (QFileInfo::exists(exported))
            QCOMPARE(StackReader::open(exported)->size(), stack->size());
    }
};

QTEST_GUILESS_MAIN(WindowKillTest)
#include "WindowKillTest.moc"
