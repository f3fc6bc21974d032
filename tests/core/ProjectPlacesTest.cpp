// SPDX-License-Identifier: Apache-2.0
// Projects in places that cannot be written, are far away, are in use, or come from the future.
#include "core/store/Backups.h"
#include "core/store/ProjectLock.h"
#include "core/store/ProjectPlace.h"
#include "core/store/ProjectSchema.h"
#include "core/store/WorkingCopy.h"
#include "tests/support/FileBytes.h"
#include "tests/support/ProjectFixture.h"

#include <QStandardPaths>
#include <QtTest>

using namespace emend;

namespace {

const Label membrane(1, LabelState::corrected);
constexpr Pixel inTheSquare{3, 3};

/// Paints one square and waits until it is on the disk.
void paint(ProjectStore& store, int z)
{
    const ProjectContents contents = store.takeContents();
    const LabelEdit edit = ProjectFixture::square(contents.labels, z, {0, 0, 9, 9}, membrane);
    store.putStep({qint64(contents.steps.size()) + 1, QStringLiteral("stroke"), edit, {}});
    QVERIFY(store.flush());
}

Label labelIn(const QString& path, int z)
{
    ProjectStore store(path, ProjectStore::Mode::look);
    return store.takeContents().labels.at(inTheSquare, z);
}

/// As a program does that is killed: the log stays.
void copyWithLog(const QString& from, const QString& to)
{
    QVERIFY(QFile::copy(from, to));
    QVERIFY(QFile::copy(from + QStringLiteral("-wal"), to + QStringLiteral("-wal")));
}

} // namespace

class ProjectPlacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setApplicationName(QStringLiteral("ProjectPlacesTest"));
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).removeRecursively();
    }

    void cleanup() { qunsetenv("EMEND_NETWORK_FOLDERS"); }

    void aProjectOfANewerEmendIsOnlyLookedAt()
    {
        const ProjectFixture fixture;
        paint(*fixture.open(), 0);
        setVersion(fixture.path(), ProjectSchema::version + 1);
        const QByteArray before = bytesOfFile(fixture.path());
        {
            const auto store = fixture.open();
            QVERIFY(store->isReadOnly());
            QVERIFY(store->whyReadOnly().contains(QStringLiteral("newer Emend")));
            QCOMPARE(store->takeContents().labels.at(inTheSquare, 0), membrane);
            store->put(QStringLiteral("view"), "{}");
            QVERIFY(store->flush());
        }
        QVERIFY(bytesOfFile(fixture.path()) == before);
    }

    void aProjectThatThisEmendCannotReadIsRefusedByName()
    {
        const ProjectFixture fixture;
        {
            Database database(fixture.path(), Database::Access::readWrite);
            MetaTable(database).setNumber(QStringLiteral("oldestReader"),
                                          ProjectSchema::version + 1);
        }
        setVersion(fixture.path(), ProjectSchema::version + 1);
        try {
            fixture.open();
            QFAIL("it was opened");
        } catch (const Error& error) {
            QVERIFY(error.text().contains(QStringLiteral("Update Emend")));
        }
    }

    void aProjectInUseIsRefusedAndCanBeLookedAt()
    {
        const ProjectFixture fixture;
        const auto owner = fixture.open();
        paint(*owner, 1);
        const QByteArray before = bytesOfFile(fixture.path());
        for (int i = 0; i < 100; ++i) {
            try {
                fixture.open();
                QFAIL("it was opened twice");
            } catch (const ProjectInUse& inUse) {
                QVERIFY(inUse.text().contains(QString::number(QCoreApplication::applicationPid())));
            }
        }
        QCOMPARE(labelIn(fixture.path(), 1), membrane);
        QVERIFY(bytesOfFile(fixture.path()) == before);
    }

    void whatIsCopiedWhileItIsWrittenIsWhole()
    {
        const ProjectFixture fixture;
        const auto owner = fixture.open();
        ProjectContents contents = owner->takeContents();
        std::mt19937 random(3);
        for (int step = 1; step <= 60; ++step) {
            const LabelEdit edit = ProjectFixture::randomSquare(contents.labels, random);
            edit.applyTo(contents.labels);
            owner->putStep({step, QStringLiteral("stroke"), edit, {}});
            if (step % 10 != 0)
                continue;
            const auto copy = fixture.open(ProjectStore::Mode::look);
            const ProjectContents seen = copy->takeContents();
            QVERIFY(seen.position <= step);
            for (int z = 0; z < ProjectFixture::size.slices; ++z)
                for (const TileKey key : seen.labels.touchedTiles(z))
                    QVERIFY(!seen.labels.tile(key).isDamaged());
        }
    }

    void afterAKillEverythingIsThereAndItIsSaid()
    {
        const ProjectFixture fixture;
        const QString killed = fixture.folder() + QStringLiteral("/killed.emend");
        {
            const auto store = fixture.open();
            paint(*store, 1);
            copyWithLog(fixture.path(), killed);
        }
        {
            ProjectStore store(killed, ProjectStore::Mode::edit);
            QVERIFY(store.wasRecovered());
            QCOMPARE(store.takeContents().labels.at(inTheSquare, 1), membrane);
        }
        QVERIFY(!ProjectStore(killed, ProjectStore::Mode::edit).wasRecovered());
    }

    void aBackupIsAWholeProjectAndOnlySoundOnesAreKept()
    {
        const ProjectFixture fixture;
        paint(*fixture.open(), 0);
        const Backups backups(fixture.path());
        JobContext job;
        QVERIFY(backups.isDue());
        QVERIFY(backups.make(job));
        QCOMPARE(backups.paths().size(), 1);
        QVERIFY(!backups.isDue()); // not twice an hour
        QCOMPARE(labelIn(backups.paths().first(), 0), membrane);

        damageATile(fixture.path());
        QVERIFY(!backups.make(job));
        QCOMPARE(backups.paths().size(), 1);
        QCOMPARE(QDir(backups.folder()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void threeBackupsAreKept()
    {
        const ProjectFixture fixture;
        const Backups backups(fixture.path());
        JobContext job;
        for (int i = 0; i < 4; ++i) {
            QVERIFY(backups.make(job));
            QTest::qWait(1100); // their names count seconds
        }
        QCOMPARE(backups.paths().size(), Backups::mostGenerations);
    }

    void workMakesABackupByItself()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        paint(*store, 2);
        QTRY_COMPARE_WITH_TIMEOUT(Backups(fixture.path()).paths().size(), 1, 20000);
        QCOMPARE(labelIn(Backups(fixture.path()).paths().first(), 2), membrane);
    }

    void aBackupFindsTheStackOfItsProject()
    {
        const ProjectFixture fixture;
        const QString stack = fixture.folder() + QStringLiteral("/moved.tif");
        QVERIFY(saveBytes(stack, "II"));
        SourceRecord source;
        source.relativePath = QStringLiteral("moved.tif");
        source.absolutePath = QStringLiteral("/nowhere/moved.tif");
        const QString backup = Backups(fixture.path()).folder() + QStringLiteral("/old.emend");
        QCOMPARE(ProjectPlace::findStack(source, backup), stack);
    }

    void aNetworkFolderIsWorkedOnHereAndBroughtBack()
    {
        const ProjectFixture fixture;
        qputenv("EMEND_NETWORK_FOLDERS", QFile::encodeName(fixture.folder()));
        {
            const auto store = fixture.open();
            QVERIFY(store->isOnNetwork());
            paint(*store, 0);
            QVERIFY(!QFile::exists(fixture.path() + QStringLiteral("-wal")));
        }
        QCOMPARE(labelIn(fixture.path(), 0), membrane);
        const auto store = fixture.open();
        QVERIFY(!store->hadNewerWork());
        QCOMPARE(store->takeContents().labels.at(inTheSquare, 0), membrane);
    }

    void whatDidNotReachTheNetworkIsThereTheNextTime()
    {
        const ProjectFixture fixture;
        qputenv("EMEND_NETWORK_FOLDERS", QFile::encodeName(fixture.folder()));
        const QByteArray before = bytesOfFile(fixture.path());
        killedAfterPainting(fixture, 1);
        QVERIFY(bytesOfFile(fixture.path()) == before);
        {
            const auto store = fixture.open();
            QVERIFY(store->hadNewerWork());
            QVERIFY(store->wasRecovered());
            QCOMPARE(store->takeContents().labels.at(inTheSquare, 1), membrane);
        }
        QCOMPARE(labelIn(fixture.path(), 1), membrane);
    }

    void whatSomebodyElseChangedOnTheNetworkStays()
    {
        const ProjectFixture fixture;
        const ProjectFixture other;
        qputenv("EMEND_NETWORK_FOLDERS", QFile::encodeName(fixture.folder()));
        paint(*other.open(), 2);
        {
            const auto store = fixture.open();
            paint(*store, 0);
            QVERIFY(saveBytes(fixture.path(), bytesOfFile(other.path())));
        }
        QCOMPARE(labelIn(fixture.path(), 2), membrane);
        const QStringList projects =
            QDir(fixture.folder()).entryList({QStringLiteral("work-*.emend")});
        QCOMPARE(projects.size(), 1);
        QCOMPARE(labelIn(fixture.folder() + u'/' + projects.first(), 0), membrane);
        QCOMPARE(fixture.open()->takeContents().labels.at(inTheSquare, 2), membrane);
    }

private:
    static void setVersion(const QString& path, int version)
    {
        Database database(path, Database::Access::create);
        database.execute(
            QStringLiteral("PRAGMA user_version=%1").arg(version).toLatin1().constData());
    }

    static void damageATile(const QString& path)
    {
        Database database(path, Database::Access::create);
        database.execute("UPDATE tile SET sum = sum + 1");
    }

    /// The working copy as a killed program leaves it.
    static void killedAfterPainting(const ProjectFixture& fixture, int z)
    {
        const QString here = WorkingCopy(fixture.path()).path();
        const QString asKilled = here + QStringLiteral(".killed");
        {
            ProjectStore store(here, ProjectStore::Mode::edit);
            paint(store, z);
            copyWithLog(here, asKilled);
        }
        QVERIFY(saveBytes(here, bytesOfFile(asKilled)));
        QVERIFY(saveBytes(here + QStringLiteral("-wal"),
                          bytesOfFile(asKilled + QStringLiteral("-wal"))));
    }
};

QTEST_GUILESS_MAIN(ProjectPlacesTest)
#include "ProjectPlacesTest.moc"
