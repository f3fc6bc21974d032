// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

namespace emend {

/// The file dialogs. Each remembers its folder; an empty answer means that the user left.
namespace FileChoices {

QString stack(QWidget* parent);
QString folderOfSections(QWidget* parent);

/// suggestion: a file name without its folder.
QString exportPath(QWidget* parent, const QString& suggestion);
QString modelToLoad(QWidget* parent);
QString modelToSave(QWidget* parent, const QString& suggestion);

} // namespace FileChoices

} // namespace emend
