// SPDX-License-Identifier: Apache-2.0
#include "core/store/ForeignLog.h"

#include "core/store/LabelTable.h"

#include <QFile>
#include <QFileInfo>

namespace emend {

namespace {

/// Empty where it cannot be read: then nothing is known, and nothing is done.
QByteArray projectIdOf(const QString& path, Database::Access access)
{
    try {
        Database database(path, access);
        database.keepLog();
        MetaTable meta(database);
        const auto text = meta.get(LabelTable::digestName());
        return text ? text->split(' ').first() : QByteArray();
    } catch (const Error&) {
        return {};
    }
}

} // namespace

bool setAsideForeignLog(const QString& projectPath)
{
    const QString log = projectPath + QStringLiteral("-wal");
    if (QFileInfo(log).size() == 0)
        return false;
    const QByteArray own = projectIdOf(projectPath, Database::Access::readOnly);
    const QByteArray withLog = projectIdOf(projectPath, Database::Access::readWrite);
    if (own.isEmpty() || withLog.isEmpty() || own == withLog)
        return false;
    const QString aside = log + QStringLiteral(".foreign");
    QFile::remove(aside);
    return QFile::rename(log, aside);
}

} // namespace emend
