// SPDX-License-Identifier: Apache-2.0
#include "core/store/WorkingCopy.h"

#include "core/store/FileCopy.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace emend {

namespace {

constexpr std::array<quint32, 10> networkFileSystems = {
    0x6969,     // NFS
    0x517B,     // SMB
    0xFF534D42, // CIFS
    0xFE534D42, // SMB 2
    0x65735546, // FUSE: sshfs and its like
    0x5346414F, // AFS
    0x00C36400, // Ceph
    0x01021997, // 9P: folders of the host of a virtual machine
    0x786F4256, // the same of VirtualBox
    0x564C,     // NCP
};

bool isOnNetworkFileSystem(const QString& folder)
{
    struct statfs system = {};
    return ::statfs(QFile::encodeName(folder).constData(), &system) == 0 &&
           std::find(networkFileSystems.begin(), networkFileSystems.end(),
                     quint32(system.f_type)) != networkFileSystems.end();
}

bool isInCloudFolder(const QString& folder)
{
    for (const QString& part : folder.split(u'/'))
        for (const char* cloud : {"Dropbox", "OneDrive", "Google Drive", "Nextcloud", "ownCloud"})
            if (part.startsWith(QLatin1String(cloud), Qt::CaseInsensitive))
                return true;
    return false;
}

bool isNamedInEnvironment(const QString& folder)
{
    for (const QString& named :
         qEnvironmentVariable("EMEND_NETWORK_FOLDERS").split(u':', Qt::SkipEmptyParts))
        if (folder == QDir::cleanPath(named) || folder.startsWith(QDir::cleanPath(named) + u'/'))
            return true;
    return false;
}

/// Size and time; empty where there is no file.
QByteArray stampOf(const QString& path)
{
    struct stat file = {};
    if (::stat(QFile::encodeName(path).constData(), &file) != 0)
        return {};
    return QByteArray::number(qint64(file.st_size)) + ' ' +
           QByteArray::number(qint64(file.st_mtim.tv_sec)) + ' ' +
           QByteArray::number(qint64(file.st_mtim.tv_nsec));
}

QString folderFor(const QString& projectPath)
{
    const QByteArray id =
        QCryptographicHash::hash(QFile::encodeName(projectPath), QCryptographicHash::Sha256)
            .toHex();
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           QStringLiteral("/network/") + QString::fromLatin1(id.left(16));
}

void copyTo(const QString& from, const QString& to, JobContext& job)
{
    AtomicFile target(to);
    copyFile(from, target, job);
    target.commit();
}

} // namespace

bool WorkingCopy::isNeeded(const QString& projectPath)
{
    const QString folder = QFileInfo(projectPath).absolutePath();
    return isOnNetworkFileSystem(folder) || isInCloudFolder(folder) || isNamedInEnvironment(folder);
}

WorkingCopy::WorkingCopy(const QString& projectPath)
    : m_projectPath(QFileInfo(projectPath).absoluteFilePath())
{
    const QString folder = folderFor(m_projectPath);
    QDir().mkpath(folder);
    m_path = folder + u'/' + QFileInfo(projectPath).fileName();
    m_recordPath = folder + QStringLiteral("/brought-back");
    const bool isHere = QFileInfo(m_path).size() > 0;
    const bool hasLog = QFileInfo(m_path + QStringLiteral("-wal")).size() > 0;
    m_hadNewerWork = isHere && (hasLog || stampOf(m_path) != record().here);
    if (!m_hadNewerWork)
        fetch();
}

void WorkingCopy::fetch()
{
    const QByteArray there = stampOf(m_projectPath);
    if (QFileInfo(m_path).size() > 0 && there == record().there)
        return;
    JobContext job;
    copyTo(m_projectPath, m_path, job);
    setRecord({there, stampOf(m_path)});
}

QString WorkingCopy::bringBack(JobContext& job)
{
    const Record last = record();
    const QByteArray here = stampOf(m_path);
    if (here == last.here)
        return m_projectPath;
    const QByteArray there = stampOf(m_projectPath);
    if (there.isEmpty() || there == last.there) {
        copyTo(m_path, m_projectPath, job);
        setRecord({stampOf(m_projectPath), here});
        return m_projectPath;
    }
    const QFileInfo project(m_projectPath);
    const QString beside = project.path() + u'/' + project.completeBaseName() + u'-' +
                           QSysInfo::machineHostName() + QStringLiteral(".emend");
    copyTo(m_path, beside, job);
    setRecord({{}, here}); // the next start fetches what the other one has made
    return beside;
}

WorkingCopy::Record WorkingCopy::record() const
{
    QFile file(m_recordPath);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = file.readAll().split('\n');
    return {lines.value(0), lines.value(1)};
}

void WorkingCopy::setRecord(const Record& record) const
{
    AtomicFile file(m_recordPath);
    const QByteArray text = record.there + '\n' + record.here + '\n';
    file.write(text.constData(), size_t(text.size()));
    file.commit();
}

} // namespace emend
