// SPDX-License-Identifier: Apache-2.0
#include "core/io/AtomicFile.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("AtomicFile", text);
}

QByteArray native(const QString& path)
{
    return QFile::encodeName(path);
}

/// What the path names when every link is followed, whether or not that file exists yet.
QString linkTarget(const QString& path)
{
    QString target = path;
    for (int links = 0; links < 40; ++links) { // as many as the system follows
        const QFileInfo info(target);
        if (!info.isSymLink())
            break;
        target = info.symLinkTarget();
    }
    return target;
}

/// A name beside the target that nobody can guess, hidden, and short enough for every disk.
QString temporaryName(const QString& target)
{
    const QFileInfo info(target);
    QString name = info.fileName();
    while (native(name).size() > 200)
        name.chop(1);
    const quint64 number = QRandomGenerator::system()->generate64();
    return info.dir().filePath(
        QStringLiteral(".%1.%2.part").arg(name).arg(number, 16, 16, QChar(u'0')));
}

int retriedOpen(const QString& path, int flags)
{
    int descriptor = -1;
    do
        descriptor = open(native(path).constData(), flags | O_CLOEXEC, 0666);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

QString reason(int systemError)
{
    switch (systemError) {
    case ENOSPC:
    case EDQUOT:
        return tr("%1 could not be written because the disk is full. Make room, or choose "
                  "another disk.");
    case EFBIG:
        return tr("%1 could not be written because it is larger than this disk allows. Choose "
                  "another disk.");
    case EACCES:
    case EPERM:
        return tr("%1 could not be written because you have no permission to. Choose another "
                  "folder.");
    case EROFS:
        return tr("%1 could not be written because its disk is read-only. Choose another folder.");
    case ENOENT:
    case ENOTDIR:
        return tr("%1 could not be written because its folder does not exist. Choose another "
                  "folder.");
    case ENAMETOOLONG:
        return tr("%1 could not be written because its name is too long. Choose a shorter one.");
    case EISDIR:
        return tr("%1 could not be written because it is a folder. Choose another name.");
    default:
        return tr("%1 could not be written: the disk reports \"%2\". Choose another folder.")
            .replace(QStringLiteral("%2"), qt_error_string(systemError));
    }
}

} // namespace

AtomicFile::AtomicFile(const QString& path)
    : m_path(path)
    , m_target(linkTarget(path))
{
    checkReplaceable();
    createTemporary();
    takeOverPermissions();
}

AtomicFile::~AtomicFile()
{
    if (m_descriptor < 0)
        return;
    unlink(native(m_temporaryPath).constData());
    close(m_descriptor);
}

void AtomicFile::checkReplaceable() const
{
    struct stat status = {};
    if (stat(native(m_target).constData(), &status) != 0) {
        if (errno == ENOENT)
            return;
        fail(errno); // now, and not after an hour of writing
    }
    if (S_ISDIR(status.st_mode))
        fail(EISDIR);
    // Renaming over a device or a pipe would do away with it.
    if (!S_ISREG(status.st_mode))
        throw Error(tr("%1 is not a file that can be replaced. Choose another name.").arg(m_path));
    // Renaming would get round the write protection that somebody gave the file.
    if (access(native(m_target).constData(), W_OK) != 0)
        fail(errno);
}

void AtomicFile::createTemporary()
{
    do {
        m_temporaryPath = temporaryName(m_target);
        m_descriptor = retriedOpen(m_temporaryPath, O_RDWR | O_CREAT | O_EXCL);
    } while (m_descriptor < 0 && errno == EEXIST);
    if (m_descriptor < 0)
        fail(errno);
}

void AtomicFile::takeOverPermissions()
{
    struct stat old = {};
    if (stat(native(m_target).constData(), &old) != 0)
        return; // the new file has what the umask says
    // Only the owner of the computer may give files away; for all others the file is theirs.
    [[maybe_unused]] const int owned = fchown(m_descriptor, old.st_uid, old.st_gid);
    if (fchmod(m_descriptor, old.st_mode & 0777) != 0 && errno != EPERM && errno != ENOTSUP)
        fail(errno);
}

void AtomicFile::write(const void* bytes, size_t count)
{
    const char* next = static_cast<const char*>(bytes);
    while (count > 0) {
        const ssize_t written = ::write(m_descriptor, next, std::min(count, size_t(1) << 30));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            fail(written < 0 ? errno : ENOSPC);
        next += written;
        count -= size_t(written);
    }
}

void AtomicFile::sync()
{
    // No second try: after a failed fsync the system has forgotten what it could not write.
    if (fsync(m_descriptor) != 0)
        fail(errno);
}

void AtomicFile::commit()
{
    Q_ASSERT(m_descriptor >= 0);
    sync();
    if (rename(native(m_temporaryPath).constData(), native(m_target).constData()) != 0)
        fail(errno);
    // Its data is on the disk, so that closing has nothing left to fail with.
    close(m_descriptor);
    m_descriptor = -1;
    syncFolder();
}

void AtomicFile::syncFolder() const
{
    const int folder = retriedOpen(QFileInfo(m_target).path(), O_RDONLY | O_DIRECTORY);
    if (folder < 0)
        return; // one may write into a folder without reading it
    const bool isSynced = fsync(folder) == 0;
    const int systemError = errno;
    close(folder);
    // Network file systems refuse to sync folders, and need not.
    if (!isSynced && systemError != EINVAL && systemError != ENOTSUP && systemError != EROFS &&
        systemError != EBADF)
        fail(systemError);
}

void AtomicFile::fail(int systemError) const
{
    throw Error(reason(systemError).arg(m_path));
}

} // namespace emend
