// SPDX-License-Identifier: Apache-2.0
#include "core/store/ReadableCopy.h"

#include "core/store/Database.h"
#include "core/store/ForeignLog.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace emend {

ReadableCopy::ReadableCopy(const QString& projectPath)
    : m_path(projectPath)
{
    const QString log = projectPath + QStringLiteral("-wal");
    if (QFileInfo(log).size() == 0)
        return;
    m_folder.emplace(QDir::tempPath() + QStringLiteral("/emend-XXXXXX"));
    m_path = m_folder->filePath(QFileInfo(projectPath).fileName());
    if (!m_folder->isValid() || !QFile::copy(projectPath, m_path) ||
        !QFile::copy(log, m_path + QStringLiteral("-wal")))
        throw Error(QCoreApplication::translate(
                        "ReadableCopy", "There is no space to open a copy of %1. Free some in %2.")
                        .arg(QFileInfo(projectPath).fileName(), QDir::tempPath()));
    const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    QFile::setPermissions(m_path, owner);
    QFile::setPermissions(m_path + QStringLiteral("-wal"), owner);
    if (setAsideForeignLog(m_path))
        return;
    Database(m_path, Database::Access::readWrite).checkpoint(Database::Checkpoint::truncate);
}

} // namespace emend
