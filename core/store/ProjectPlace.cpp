// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectPlace.h"

#include "core/store/Backups.h"
#include "core/store/ProjectSchema.h"
#include "core/store/ProjectStore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <unistd.h>

namespace emend {

namespace {

constexpr qint64 headBytes = 64 << 10;

QByteArray hashOfHead(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return QCryptographicHash::hash(file.read(headBytes), QCryptographicHash::Sha256);
}

/// Asks the system, which knows of read-only media and of access lists.
bool canWriteIn(const QString& folder)
{
    return ::access(QFile::encodeName(folder).constData(), W_OK | X_OK) == 0;
}

QString dataFolder()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                           QStringLiteral("/projects");
    QDir().mkpath(folder);
    return folder;
}

bool isProjectOf(const QString& projectPath, const QString& stackPath)
{
    try {
        ProjectStore store(projectPath, ProjectStore::Mode::look);
        const QString found = ProjectPlace::findStack(store.takeContents().source, projectPath);
        return QFileInfo(found).canonicalFilePath() == QFileInfo(stackPath).canonicalFilePath();
    } catch (const Error&) {
        return true; // the user is told what is wrong with it, rather than given a second one
    }
}

} // namespace

bool ProjectPlace::isProject(const QString& path)
{
    return QFileInfo(path).isFile() &&
           (path.endsWith(suffix, Qt::CaseInsensitive) ||
            ProjectSchema::kindOf(path) == ProjectSchema::Kind::project);
}

SourceRecord ProjectPlace::describe(const QString& stackPath, const QString& projectPath,
                                    VolumeSize size)
{
    const QFileInfo stack(stackPath);
    SourceRecord source;
    source.absolutePath = stack.absoluteFilePath();
    source.relativePath =
        QFileInfo(projectPath).absoluteDir().relativeFilePath(source.absolutePath);
    source.bytes = stack.isFile() ? stack.size() : 0;
    source.modified = stack.lastModified().toUTC();
    source.headHash = hashOfHead(stackPath);
    source.size = size;
    return source;
}

QString ProjectPlace::findStack(const SourceRecord& source, const QString& projectPath)
{
    const QDir folder = QFileInfo(projectPath).absoluteDir();
    const QString beside = QDir::cleanPath(folder.absoluteFilePath(source.relativePath));
    if (!source.relativePath.isEmpty() && QFileInfo::exists(beside))
        return beside;
    const QString aboveBackups =
        QDir::cleanPath(folder.absoluteFilePath(QStringLiteral("../") + source.relativePath));
    if (folder.dirName().endsWith(Backups::folderSuffix) && QFileInfo::exists(aboveBackups))
        return aboveBackups;
    return QFileInfo::exists(source.absolutePath) ? source.absolutePath : QString();
}

bool ProjectPlace::isUnchanged(const SourceRecord& source, const QString& stackPath)
{
    const QFileInfo stack(stackPath);
    return !stack.isFile() ||
           (stack.size() == source.bytes && hashOfHead(stackPath) == source.headHash);
}

ProjectPlace::Home ProjectPlace::homeFor(const QString& stackPath, bool besideTheStack)
{
    const QFileInfo stack(stackPath);
    Home home;
    const QString folder = stack.absolutePath();
    home.isBesideTheStack = besideTheStack && canWriteIn(folder);
    const QString base = (home.isBesideTheStack ? folder : dataFolder()) + QLatin1Char('/') +
                         (stack.isDir() ? stack.fileName() : stack.completeBaseName());
    for (int number = 1;; ++number) {
        home.path = base + (number == 1 ? QString() : QStringLiteral("-%1").arg(number)) + suffix;
        home.exists = QFileInfo(home.path).size() > 0;
        if (!home.exists || isProjectOf(home.path, stackPath))
            return home;
    }
}

} // namespace emend
