// SPDX-License-Identifier: Apache-2.0
#include "app/window/FileChoices.h"

#include "app/window/Settings.h"
#include "core/io/StackReader.h"

#include <QFileDialog>
#include <QFileInfo>

namespace emend {

namespace {

QString remembered(const QString& kind, const QString& path)
{
    if (!path.isEmpty())
        Settings().setFolder(kind, QFileInfo(path).path());
    return path;
}

QString withSuffix(const QString& path, const QString& suffix)
{
    if (path.isEmpty() || path.endsWith(u'.' + suffix, Qt::CaseInsensitive))
        return path;
    return path + u'.' + suffix;
}

QString projectFilter()
{
    return FileChoices::tr("Projects (%1)").arg(QStringLiteral("*.emend"));
}

QString modelFilter()
{
    return FileChoices::tr("Models (%1)").arg(QStringLiteral("*.safetensors"));
}

} // namespace

QString FileChoices::stack(QWidget* parent)
{
    const QString kind = QStringLiteral("stack");
    const QStringList patterns =
        StackReader::namePatterns() + QStringList{QStringLiteral("*.emend")};
    const QString filter = tr("Stacks and projects (%1)").arg(patterns.join(u' ')) +
                           QStringLiteral(";;") + tr("All files (%1)").arg(QStringLiteral("*"));
    return remembered(kind, QFileDialog::getOpenFileName(parent, tr("Open a stack or project"),
                                                         Settings().folder(kind), filter));
}

QString FileChoices::folderOfSections(QWidget* parent)
{
    const QString kind = QStringLiteral("stack");
    return remembered(kind, QFileDialog::getExistingDirectory(
                                parent, tr("Open a folder of sections"), Settings().folder(kind)));
}

QString FileChoices::exportPath(QWidget* parent, const QString& suggestion)
{
    const QString kind = QStringLiteral("export");
    const QString start = Settings().folder(kind) + u'/' + suggestion;
    const QString path = QFileDialog::getSaveFileName(
        parent, tr("Export"), start, tr("TIFF (%1)").arg(QStringLiteral("*.tif *.tiff")));
    if (path.endsWith(QStringLiteral(".tiff"), Qt::CaseInsensitive))
        return remembered(kind, path);
    return remembered(kind, withSuffix(path, QStringLiteral("tif")));
}

QString FileChoices::projectToRepair(QWidget* parent)
{
    const QString kind = QStringLiteral("project");
    return remembered(kind, QFileDialog::getOpenFileName(parent, tr("Repair a project"),
                                                         Settings().folder(kind), projectFilter()));
}

QString FileChoices::projectToSave(QWidget* parent, const QString& suggestion)
{
    const QString kind = QStringLiteral("project");
    const QString start = Settings().folder(kind) + u'/' + suggestion;
    const QString path =
        QFileDialog::getSaveFileName(parent, tr("Save the project"), start, projectFilter());
    return remembered(kind, withSuffix(path, QStringLiteral("emend")));
}

QString FileChoices::modelToLoad(QWidget* parent)
{
    const QString kind = QStringLiteral("model");
    return remembered(kind, QFileDialog::getOpenFileName(parent, tr("Load a model"),
                                                         Settings().folder(kind), modelFilter()));
}

QString FileChoices::modelToSave(QWidget* parent, const QString& suggestion)
{
    const QString kind = QStringLiteral("model");
    const QString start = Settings().folder(kind) + u'/' + suggestion;
    const QString path =
        QFileDialog::getSaveFileName(parent, tr("Save the model"), start, modelFilter());
    return remembered(kind, withSuffix(path, QStringLiteral("safetensors")));
}

} // namespace emend
