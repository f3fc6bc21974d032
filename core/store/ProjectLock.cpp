// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectLock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace emend {

namespace {

QByteArray contentOf(int file)
{
    char bytes[256];
    const ssize_t count = ::pread(file, bytes, sizeof bytes, 0);
    return QByteArray(bytes, std::max<ssize_t>(0, count));
}

[[noreturn]] void failInUse(const QString& projectPath, const QByteArray& owner)
{
    const QList<QByteArray> parts = owner.trimmed().split('\n');
    throw ProjectInUse(
        QCoreApplication::translate(
            "ProjectLock", "%1 is already open in another Emend (on %2, process %3). Close "
                           "it there first, or open a copy to look at.")
            .arg(QFileInfo(projectPath).fileName(), QString::fromUtf8(parts.value(0)),
                 QString::fromUtf8(parts.value(1))));
}

QString lockPath(const QString& projectPath)
{
    const QFileInfo project(projectPath);
    return project.path() + QStringLiteral("/.") + project.fileName() + QStringLiteral("-lock");
}

/// The locked file may be one that its owner has just removed.
bool isStillThere(int file, const QByteArray& path)
{
    struct stat held = {};
    struct stat named = {};
    return ::fstat(file, &held) == 0 && ::stat(path.constData(), &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

} // namespace

ProjectLock::ProjectLock(const QString& projectPath)
{
    m_path = lockPath(projectPath);
    const QByteArray name = QFile::encodeName(m_path);
    while (true) {
        m_file = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (m_file < 0)
            return;
        if (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
            const QByteArray owner = contentOf(m_file);
            ::close(m_file);
            m_file = -1;
            failInUse(projectPath, owner);
        }
        if (isStillThere(m_file, name))
            break;
        ::close(m_file);
    }
    const QByteArray me = QSysInfo::machineHostName().toUtf8() + '\n' +
                          QByteArray::number(QCoreApplication::applicationPid()) + '\n';
    // What it says is for people only; a full disk does not matter here.
    if (::ftruncate(m_file, 0) != 0 || ::pwrite(m_file, me.constData(), size_t(me.size()), 0) < 0)
        return;
}

ProjectLock::~ProjectLock()
{
    if (m_file < 0)
        return;
    QFile::remove(m_path);
    ::close(m_file);
}

bool ProjectLock::isHeld(const QString& projectPath)
{
    const QByteArray name = QFile::encodeName(lockPath(projectPath));
    const int file = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    const bool isHeld = ::flock(file, LOCK_SH | LOCK_NB) != 0;
    ::close(file);
    return isHeld;
}

} // namespace emend
