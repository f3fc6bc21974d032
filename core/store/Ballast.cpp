// SPDX-License-Identifier: Apache-2.0
#include "core/store/Ballast.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace emend {

Ballast::Ballast(const QString& projectPath)
{
    const QFileInfo project(projectPath);
    m_path =
        project.path() + QStringLiteral("/.") + project.fileName() + QStringLiteral("-reserve");
    QFile::remove(m_path); // of a run that was killed
    restore();
}

Ballast::~Ballast()
{
    drop();
}

bool Ballast::drop()
{
    if (!m_isThere)
        return false;
    m_isThere = false;
    return QFile::remove(m_path);
}

void Ballast::restore()
{
    constexpr qint64 most = 64 << 20;
    if (m_isThere)
        return;
    const qint64 bytes =
        std::min(most, QStorageInfo(QFileInfo(m_path).path()).bytesAvailable() / 8);
    const int file = bytes > 0 ? ::open(QFile::encodeName(m_path).constData(),
                                        O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR)
                               : -1;
    if (file < 0)
        return;
    m_isThere = true;
    if (::posix_fallocate(file, 0, bytes) != 0)
        drop();
    ::close(file);
}

} // namespace emend
