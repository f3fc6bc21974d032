// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TrainingLog.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace emend {

TrainingLog::TrainingLog(const QString& path, bool goesOn)
    : m_file(path)
{
    if (path.isEmpty())
        return;
    const QIODevice::OpenMode how = goesOn ? QIODevice::Append : QIODevice::WriteOnly;
    if (!m_file.open(how))
        throw Error(QCoreApplication::translate("CommandLine",
                                                "%1 cannot be written. Choose another place.")
                        .arg(path.left(200)));
}

void TrainingLog::add(const TrainingPart& part, QJsonObject line)
{
    if (!m_file.isOpen())
        return;
    if (part.fold)
        line.insert(QStringLiteral("fold"), *part.fold);
    m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

} // namespace emend
