// SPDX-License-Identifier: Apache-2.0
#include "core/store/Backups.h"

#include "core/store/FileCopy.h"
#include "core/store/ProjectCheck.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace emend {

namespace {

constexpr qint64 shortestMs = 60 * 60 * 1000; ///< between two backups

} // namespace

Backups::Backups(const QString& projectPath, const QString& filePath)
    : m_filePath(filePath.isEmpty() ? projectPath : filePath)
{
    const QFileInfo project(projectPath);
    m_folder = project.absolutePath() + u'/' + project.completeBaseName() + folderSuffix;
}

QStringList Backups::paths() const
{
    const QDir folder(m_folder);
    QStringList paths;
    for (const QString& name :
         folder.entryList({QStringLiteral("*.emend")}, QDir::Files, QDir::Name | QDir::Reversed))
        paths << folder.filePath(name);
    return paths;
}

bool Backups::isDue() const
{
    const QFileInfo file(m_filePath);
    if (QStorageInfo(QFileInfo(m_folder).path()).bytesAvailable() < 2 * file.size())
        return false;
    const QStringList made = paths();
    if (made.isEmpty())
        return true;
    const QDateTime newest = QFileInfo(made.first()).lastModified();
    return file.lastModified() > newest &&
           newest.msecsTo(QDateTime::currentDateTime()) > shortestMs;
}

bool Backups::make(JobContext& job) const
{
    const QString name =
        QFileInfo(m_filePath).completeBaseName() +
        QDateTime::currentDateTime().toString(QStringLiteral(" yyyy-MM-dd hhmmss"));
    QDir().mkpath(m_folder);
    try {
        AtomicFile backup(m_folder + u'/' + name + QStringLiteral(".emend"));
        copyFile(m_filePath, backup, job);
        if (!checkProject(backup.temporaryPath(), job).isSound())
            return false;
        backup.commit();
    } catch (const Error&) {
        return false;
    }
    const QStringList made = paths();
    for (const QString& old : made.mid(mostGenerations))
        QFile::remove(old);
    return true;
}

} // namespace emend
