// SPDX-License-Identifier: Apache-2.0
// Projects on a disk on which nothing can be written, as on a CD or a colleague's share: the newest
// is shown, nothing is touched, and who wants to edit is told.
#include "tests/faults/Fault.h"
#include "tests/faults/ScriptedWork.h"
#include "tests/support/FileBytes.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

class ReadOnlyDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("work.emend"));
        ScriptedWork::create(path);
        {
            ProjectStore store(path, ProjectStore::Mode::edit);
            ScriptedWork work(store);
            for (int step = 0; step < 20; ++step)
                work.doStep(step);
            QVERIFY(store.flush());
            m_killedFile = bytesOfFile(path);
            m_killedLog = bytesOfFile(path + QStringLiteral("-wal"));
        }
        m_closedFile = bytesOfFile(path);
        m_position = ProjectStore(path, ProjectStore::Mode::look).takeContents().position;
        QVERIFY(m_position > 5);
        QVERIFY(!m_killedLog.isEmpty());
    }

    void aClosedProjectIsShown()
    {
        QCOMPARE(saidOf(QStringLiteral("look"), m_closedFile, {}), standsAt(m_position));
    }

    void aKilledProjectShowsTheNewest()
    {
        QCOMPARE(saidOf(QStringLiteral("look"), m_killedFile, m_killedLog), standsAt(m_position));
        // All of it was in the log.
        QCOMPARE(saidOf(QStringLiteral("look"), m_killedFile, {}), standsAt(0));
    }

    void editingIsRefusedInASentence()
    {
        for (const QByteArray& log : {QByteArray(), m_killedLog}) {
            const QString said =
                saidOf(QStringLiteral("edit"), log.isEmpty() ? m_closedFile : m_killedFile, log);
            QVERIFY2(said.startsWith(QStringLiteral("project refused ")), qPrintable(said));
            QVERIFY2(isSentence(said), qPrintable(said));
        }
    }

private:
    static QString standsAt(qint64 position)
    {
        return QStringLiteral("project stands %1").arg(position);
    }

    /// What a program says that opens the project where every change is refused.
    static QString saidOf(const QString& mode, const QByteArray& file, const QByteArray& log)
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("work.emend"));
        saveBytes(path, file);
        if (!log.isEmpty())
            saveBytes(path + QStringLiteral("-wal"), log);
        const Fault readOnly{"owstnu", 1, EROFS, Fault::How::forever};
        const VictimReport report = runVictim({mode, path}, readOnly, folder.path());
        const QStringList files = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
        const bool isUntouched = files.size() == (log.isEmpty() ? 1 : 2) &&
                                 bytesOfFile(path) == file &&
                                 bytesOfFile(path + QStringLiteral("-wal")) == log;
        if (!isUntouched)
            return QStringLiteral("something was written");
        return report.trouble.isEmpty() ? report.lines.join(u'\n') : report.trouble;
    }

    QByteArray m_closedFile;
    QByteArray m_killedFile;
    QByteArray m_killedLog;
    qint64 m_position = 0;
};

QTEST_GUILESS_MAIN(ReadOnlyDiskTest)
#include "ReadOnlyDiskTest.moc"
