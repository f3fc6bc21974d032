// SPDX-License-Identifier: Apache-2.0
// The power goes while a project is written: whatever had been called saved is there when it comes
// back, however the disk had shuffled and torn the rest.
#include "tests/faults/RecordingVfs.h"
#include "tests/faults/ScriptedWork.h"
#include "tests/support/MemoryFolder.h"

#include <QtTest>

using namespace emend;

// No reserve beside the projects: it costs more than all that is written to them.
extern "C" int posix_fallocate(int, off_t, off_t)
{
    return EOPNOTSUPP;
}

class PowerCutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void noPowerCutTakesWhatWasSaved()
    {
        const int cuts = faultCount(1000, 10000);
        std::mt19937 random(11);
        RecordingVfs disk;
        qint64 writesBeforeTheCut = 0;
        for (int cut = 0; cut < cuts; ++cut) {
            const MemoryFolder folder;
            const MemoryFolder after;
            const QString name = QStringLiteral("/work.emend");
            ScriptedWork::create(folder.path() + name);
            disk.watch(folder.path());
            disk.cutAfter(int(random() % 400));
            const int first = int(random() % 1000);
            int saved = first;
            {
                ProjectStore store(folder.path() + name, ProjectStore::Mode::edit);
                ScriptedWork work(store);
                for (int step = first; step < first + 12; ++step) {
                    work.doStep(step);
                    if (random() % 3 == 0)
                        continue;
                    QVERIFY(store.flush());
                    if (!disk.isCut())
                        saved = step + 1;
                }
            } // closing brings the log into the file, which may be cut, too
            writesBeforeTheCut += disk.calls();
            disk.restore(after.path(), random);
            disk.watch({});

            ScriptedWork expected;
            for (int step = first; step < saved; ++step)
                expected.doStep(step);
            ProjectStore store(after.path() + name, ProjectStore::Mode::edit);
            ScriptedWork found(store);
            int step = saved;
            while (!found.looksLike(expected) && step < first + 12)
                expected.doStep(step++);
            QVERIFY2(
                found.looksLike(expected),
                qPrintable(QStringLiteral("cut %1: steps from %2 to %3 were saved, and what is "
                                          "there is neither that nor later")
                               .arg(cut)
                               .arg(first)
                               .arg(saved)));
        }
        qInfo("%d power cuts, after %lld writes and syncs on average: 0 lost, 0 torn, 0 unreadable",
              cuts, writesBeforeTheCut / cuts);
    }

    void aDiskThatForgetsSyncsLosesWork()
    {
        // The test can fail: without what was synced, saved steps are missing.
        std::mt19937 random(12);
        RecordingVfs disk;
        const MemoryFolder folder;
        const MemoryFolder after;
        const QString name = QStringLiteral("/work.emend");
        ScriptedWork::create(folder.path() + name);
        disk.watch(folder.path());
        disk.cutAfter(0);
        {
            ProjectStore store(folder.path() + name, ProjectStore::Mode::edit);
            ScriptedWork work(store);
            work.doStep(5);
            QVERIFY(store.flush());
        }
        disk.restore(after.path(), random);
        disk.watch({});
        ProjectStore store(after.path() + name, ProjectStore::Mode::edit);
        QVERIFY(store.takeContents().steps.empty());
    }
};

QTEST_GUILESS_MAIN(PowerCutTest)
#include "PowerCutTest.moc"
