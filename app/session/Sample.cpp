// SPDX-License-Identifier: Apache-2.0
#include "app/session/Sample.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

namespace emend::Sample {

namespace {

QString find(const QString& fileName)
{
    const QString program = QCoreApplication::applicationDirPath();
    const QStringList folders = {
        program + QStringLiteral("/../share/emend/samples"),     // installed
        program + QStringLiteral("/../../../resources/samples"), // build/PRESET/bin in the tree
        QStringLiteral(EMEND_SOURCE_DIR "/resources/samples"),   // tests
    };
    for (const QString& folder : folders) {
        const QFileInfo file(folder + QLatin1Char('/') + fileName);
        if (file.isFile())
            return file.canonicalFilePath();
    }
    throw Error(QCoreApplication::translate(
        "Sample", "The sample stack is not installed. Open a stack of your own."));
}

} // namespace

QString stackPath()
{
    return find(QStringLiteral("medulla-40.tif"));
}

QString truthPath()
{
    return find(QStringLiteral("medulla-40-membranes.tif"));
}

QString truthClasses()
{
    return QStringLiteral("1:membrane,2:inside");
}

} // namespace emend::Sample
