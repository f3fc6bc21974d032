// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectRecords.h"

#include <QString>

namespace emend {

/// Where projects are, and where their stacks.
namespace ProjectPlace {

const QString suffix = QStringLiteral(".emend");

/// Whether a path is that of a project, by its suffix or its first bytes.
bool isProject(const QString& path);

/// What a project keeps of its stack.
SourceRecord describe(const QString& stackPath, const QString& projectPath, VolumeSize size);

/// The stack of a project: where it was from the project's folder, or where it was at all. Empty:
/// it is in neither place.
QString findStack(const SourceRecord& source, const QString& projectPath);

/// Whether the file there is still the one that the project was made for.
bool isUnchanged(const SourceRecord& source, const QString& stackPath);

/// The project that a stack's work belongs in: NAME.emend beside it, or in the user's data folder
/// where nothing can be written beside it. Passes over projects of other stacks (NAME-2.emend,
/// ...).
struct Home
{
    QString path;
    bool exists = false;
    bool isBesideTheStack = true;
};

Home homeFor(const QString& stackPath, bool besideTheStack = true);

} // namespace ProjectPlace

} // namespace emend
