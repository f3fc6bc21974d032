// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

class QWidget;

namespace emend {

/// The file dialogs. Each remembers its folder; an empty answer means that the user left.
class FileChoices
{
    Q_DECLARE_TR_FUNCTIONS(FileChoices)

public:
    /// A stack or a project.
    static QString stack(QWidget* parent);
    static QString projectToSave(QWidget* parent, const QString& suggestion);
    static QString projectToRepair(QWidget* parent);
    static QString folderOfSections(QWidget* parent);

    /// suggestion: a file name without its folder.
    static QString exportPath(QWidget* parent, const QString& suggestion);
    static QString modelToLoad(QWidget* parent);
    static QString modelToSave(QWidget* parent, const QString& suggestion);
};

} // namespace emend
