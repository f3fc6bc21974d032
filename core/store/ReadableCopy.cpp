// SPDX-License-Identifier: Apache-2.0
#include "core/store/ReadableCopy.h"

#include "core/store/Database.h"
#include "core/store/ForeignLog.h"
#include "core/store/ProjectLock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <sys/stat.h>

namespace emend {

namespace {

constexpr int mostTries = 20;
constexpr int betweenTriesMs = 100;
constexpr qint64 logHeadBytes = 32; ///< holds the salt, which is new when the log begins anew

QString logOf(const QString& projectPath)
{
    return projectPath + QStringLiteral("-wal");
}

/// Changes when the file itself is written, or the log begins anew; not when the log grows.
QByteArray stampOf(const QString& projectPath)
{
    struct stat file = {};
    ::stat(QFile::encodeName(projectPath).constData(), &file);
    QFile log(logOf(projectPath));
    const QByteArray head = log.open(QIODevice::ReadOnly) ? log.read(logHeadBytes) : QByteArray();
    return QByteArray::number(qint64(file.st_size)) + ' ' +
           QByteArray::number(qint64(file.st_mtim.tv_sec)) + ' ' +
           QByteArray::number(qint64(file.st_mtim.tv_nsec)) + ' ' + head;
}

[[noreturn]] void fail(const char* text, const QString& projectPath)
{
    throw Error(QCoreApplication::translate("ReadableCopy", text)
                    .arg(QFileInfo(projectPath).fileName(), QDir::tempPath()));
}

void copyOver(const QString& from, const QString& to)
{
    QFile::remove(to);
    if (!QFile::copy(from, to))
        fail(QT_TRANSLATE_NOOP("ReadableCopy",
                               "There is no space to open a copy of %1. Free some in %2."),
             from);
    QFile::setPermissions(to, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace

ReadableCopy::ReadableCopy(const QString& projectPath)
    : m_path(projectPath)
{
    const bool isComplete = QFileInfo(logOf(projectPath)).size() == 0;
    if (isComplete && !ProjectLock::isHeld(projectPath))
        return;
    m_folder.emplace(QDir::tempPath() + QStringLiteral("/emend-XXXXXX"));
    m_path = m_folder->filePath(QFileInfo(projectPath).fileName());
    copyWhileItStandsStill(projectPath);
    if (setAsideForeignLog(m_path))
        return;
    Database(m_path, Database::Access::readWrite).checkpoint(Database::Checkpoint::truncate);
}

// A log that only grew meanwhile does no harm: what was committed later is left out.
void ReadableCopy::copyWhileItStandsStill(const QString& projectPath) const
{
    for (int i = 0; i < mostTries; ++i) {
        const QByteArray before = stampOf(projectPath);
        copyOver(projectPath, m_path);
        if (QFileInfo(logOf(projectPath)).size() > 0)
            copyOver(logOf(projectPath), logOf(m_path));
        else
            QFile::remove(logOf(m_path));
        if (stampOf(projectPath) == before)
            return;
        QThread::msleep(betweenTriesMs);
    }
    fail(QT_TRANSLATE_NOOP("ReadableCopy", "%1 is being written all the time by the Emend that has "
                                           "it open. Try again in a moment."),
         projectPath);
}

} // namespace emend
