// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFileInfo>
#include <QString>

namespace emend {

/// A file of the real stacks with truth that may not be part of the project; empty where it is
/// absent. EMEND_DATA names their folder, else it is ../shared/data beside the project.
inline QString sharedData(const QString& file)
{
    const QString folder =
        qEnvironmentVariable("EMEND_DATA", QStringLiteral(EMEND_SOURCE_DIR "/../shared/data"));
    const QString path = folder + QLatin1Char('/') + file;
    return QFileInfo::exists(path) ? path : QString();
}

} // namespace emend
