// SPDX-License-Identifier: Apache-2.0
#include "core/io/AtomicFile.h"

#include "core/Error.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace emend;

namespace {

int failFsyncWith = 0;
int failRenameWith = 0;
int fsyncCount = 0;

} // namespace

// These stand before the ones of the system, so that a disk can fail when the test says so.
extern "C" int fsync(int descriptor)
{
    ++fsyncCount;
    errno = failFsyncWith;
    return failFsyncWith ? -1 : int(syscall(SYS_fsync, descriptor));
}

extern "C" int rename(const char* from, const char* to) noexcept
{
    errno = failRenameWith;
    return failRenameWith ? -1 : int(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

namespace {

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

void replace(const QString& path, const QByteArray& bytes)
{
    AtomicFile file(path);
    file.write(bytes.constData(), size_t(bytes.size()));
    file.commit();
}

/// The sentence that replacing fails with; empty when it does not fail.
QString refusal(const QString& path, const QByteArray& bytes = "new")
{
    try {
        replace(path, bytes);
    } catch (const Error& error) {
        return error.text();
    }
    return {};
}

mode_t modeOf(const QString& path)
{
    struct stat status = {};
    stat(QFile::encodeName(path).constData(), &status);
    return status.st_mode & 07777;
}

/// Files larger than this cannot be written while it lives, as on a full disk.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_previous);
        m_previousHandler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit = {bytes, m_previous.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }

    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_previous);
        std::signal(SIGXFSZ, m_previousHandler);
    }

private:
    rlimit m_previous = {};
    void (*m_previousHandler)(int) = nullptr;
};

} // namespace

class AtomicFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void commitPutsTheFileInPlace();
    void oldFileStandsUntilCommit();
    void nothingIsLeftWithoutCommit();
    void librariesMayWriteByName();
    void temporaryFileIsBesideAndHidden();
    void newFileKeepsTheModeOfTheOld();
    void newFileFollowsTheUmask();
    void linkStaysAndItsFileIsReplaced();
    void linkToNothingMakesItsFile();
    void dataAndFolderAreSynced();
    void failedSyncLeavesTheOldFile();
    void failedRenameLeavesTheOldFile();
    void fullDiskLeavesTheOldFile();
    void writeProtectedFileIsNotReplaced();
    void missingFolderIsNamed();
    void folderIsNotReplaced();
    void deviceIsNotReplaced();
    void longAndForeignNamesWork();
    void tooLongNameIsRefusedBeforeWriting();

private:
    /// All that lies in the folder, hidden files too.
    QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }

    QString inFolder(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void AtomicFileTest::init()
{
    failFsyncWith = 0;
    failRenameWith = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = inFolder(QStringLiteral("masks.tif"));
}

void AtomicFileTest::commitPutsTheFileInPlace()
{
    replace(m_path, "whole");
    QCOMPARE(contentOf(m_path), "whole");
    QCOMPARE(files(), QStringList{QStringLiteral("masks.tif")});
}

void AtomicFileTest::oldFileStandsUntilCommit()
{
    put(m_path, "old");
    AtomicFile file(m_path);
    file.write("new", 3);
    QCOMPARE(contentOf(m_path), "old");
    file.commit();
    QCOMPARE(contentOf(m_path), "new");
}

void AtomicFileTest::nothingIsLeftWithoutCommit()
{
    {
        AtomicFile file(m_path);
        file.write("half", 4);
        QCOMPARE(files().size(), 1);
    }
    QVERIFY(files().isEmpty());
}

void AtomicFileTest::librariesMayWriteByName()
{
    AtomicFile file(m_path);
    put(file.temporaryPath(), "by name");
    file.commit();
    QCOMPARE(contentOf(m_path), "by name");
}

void AtomicFileTest::temporaryFileIsBesideAndHidden()
{
    const AtomicFile first(m_path);
    const AtomicFile second(m_path);
    const QFileInfo info(first.temporaryPath());
    QCOMPARE(info.absolutePath(), QFileInfo(m_path).absolutePath());
    QVERIFY(info.fileName().startsWith(u'.'));
    QVERIFY(first.temporaryPath() != second.temporaryPath());
}

void AtomicFileTest::newFileKeepsTheModeOfTheOld()
{
    put(m_path, "old");
    QCOMPARE(chmod(QFile::encodeName(m_path).constData(), 0640), 0);
    replace(m_path, "new");
    QCOMPARE(modeOf(m_path), mode_t(0640));
}

void AtomicFileTest::newFileFollowsTheUmask()
{
    const mode_t previous = umask(027);
    replace(m_path, "new");
    umask(previous);
    QCOMPARE(modeOf(m_path), mode_t(0640));
}

void AtomicFileTest::linkStaysAndItsFileIsReplaced()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("elsewhere")));
    const QString target = inFolder(QStringLiteral("elsewhere/real.tif"));
    put(target, "old");
    const QString middle = inFolder(QStringLiteral("middle"));
    QVERIFY(QFile::link(QStringLiteral("elsewhere/real.tif"), middle));
    QVERIFY(QFile::link(QStringLiteral("middle"), m_path));
    replace(m_path, "new");
    QVERIFY(QFileInfo(m_path).isSymLink());
    QVERIFY(QFileInfo(middle).isSymLink());
    QCOMPARE(contentOf(target), "new");
}

void AtomicFileTest::linkToNothingMakesItsFile()
{
    QVERIFY(QFile::link(QStringLiteral("later.tif"), m_path));
    replace(m_path, "new");
    QVERIFY(QFileInfo(m_path).isSymLink());
    QCOMPARE(contentOf(inFolder(QStringLiteral("later.tif"))), "new");
}

void AtomicFileTest::dataAndFolderAreSynced()
{
    AtomicFile file(m_path);
    fsyncCount = 0;
    file.commit();
    QCOMPARE(fsyncCount, 2);
}

void AtomicFileTest::failedSyncLeavesTheOldFile()
{
    put(m_path, "old");
    failFsyncWith = EIO;
    const QString text = refusal(m_path);
    QVERIFY2(text.contains(m_path) && text.endsWith(u'.'), qPrintable(text));
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);
}

void AtomicFileTest::failedRenameLeavesTheOldFile()
{
    put(m_path, "old");
    failRenameWith = EPERM;
    const QString text = refusal(m_path);
    QVERIFY2(text.contains(QStringLiteral("permission")), qPrintable(text));
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);
}

void AtomicFileTest::fullDiskLeavesTheOldFile()
{
    put(m_path, "old");
    QString text;
    {
        const FileSizeLimit limit(1000);
        text = refusal(m_path, QByteArray(5000, 'x'));
    }
    QVERIFY2(text.contains(m_path), qPrintable(text));
    QCOMPARE(contentOf(m_path), "old");
    QCOMPARE(files().size(), 1);

    failFsyncWith = ENOSPC; // where the disk notices late
    QVERIFY(refusal(m_path).contains(QStringLiteral("full")));
    QCOMPARE(contentOf(m_path), "old");
}

void AtomicFileTest::writeProtectedFileIsNotReplaced()
{
    if (geteuid() == 0)
        QSKIP("For root no file is write-protected.");
    put(m_path, "old");
    QCOMPARE(chmod(QFile::encodeName(m_path).constData(), 0444), 0);
    QVERIFY(refusal(m_path).contains(QStringLiteral("permission")));
    QCOMPARE(contentOf(m_path), "old");
}

void AtomicFileTest::missingFolderIsNamed()
{
    const QString text = refusal(inFolder(QStringLiteral("nowhere/masks.tif")));
    QVERIFY2(text.contains(QStringLiteral("nowhere")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("does not exist")), qPrintable(text));
}

void AtomicFileTest::folderIsNotReplaced()
{
    QVERIFY(refusal(m_folder->path()).contains(QStringLiteral("is a folder")));
    QVERIFY(QFileInfo(m_folder->path()).isDir());
}

void AtomicFileTest::deviceIsNotReplaced()
{
    QCOMPARE(mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
    QVERIFY(!refusal(m_path).isEmpty());
    QCOMPARE(files().size(), 1);
    struct stat status = {};
    stat(QFile::encodeName(m_path).constData(), &status);
    QVERIFY(S_ISFIFO(status.st_mode));
}

void AtomicFileTest::longAndForeignNamesWork()
{
    const QString longest = inFolder(QString(251, u'a') + QStringLiteral(".tif"));
    replace(longest, "long");
    QCOMPARE(contentOf(longest), "long");
    const QString foreign = inFolder(QString(100, QChar(0x00E4)) + QStringLiteral(" %1 %2.tif"));
    replace(foreign, "foreign");
    QCOMPARE(contentOf(foreign), "foreign");
}

void AtomicFileTest::tooLongNameIsRefusedBeforeWriting()
{
    QVERIFY_EXCEPTION_THROWN(AtomicFile(inFolder(QString(300, u'a'))), Error);
    QVERIFY(refusal(inFolder(QString(300, u'a'))).contains(QStringLiteral("too long")));
    QVERIFY(files().isEmpty());
}

QTEST_GUILESS_MAIN(AtomicFileTest)
#include "AtomicFileTest.moc"
