// SPDX-License-Identifier: Apache-2.0
#include "core/store/Database.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    // Else each commit after the first long log would bring the log into the file again.
    void theLogIsEmptyOnceTheFileHasIt()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("some.db"));
        {
            Database made(path, Database::Access::create);
            made.execute("CREATE TABLE value(id INTEGER PRIMARY KEY, data BLOB)");
        }
        Database database(path, Database::Access::readWrite);
        QCOMPARE(database.logBytes(), 0);
        Statement add(database, "INSERT INTO value VALUES(?1, ?2)");
        const QByteArray data(100'000, 'x');
        for (qint64 id = 1; id <= 10; ++id)
            add.bind(id, data).run();
        QVERIFY(database.logBytes() > 1'000'000);

        QVERIFY(database.checkpoint(Database::Checkpoint::passive));
        QCOMPARE(database.logBytes(), 0);
        add.bind(qint64(11), data).run();
        QVERIFY(database.logBytes() > 100'000 && database.logBytes() < 200'000);
        // It is written from its beginning again: the disk is asked for no more room.
        QVERIFY(QFileInfo(path + QStringLiteral("-wal")).size() < 1'200'000);
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "DatabaseTest.moc"
