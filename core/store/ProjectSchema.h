// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/Database.h"

namespace emend {

/// The tables of a project file.
///
/// A value that is written once is never changed: tiles and pieces get new rows, and `label` says
/// which tile stands where now. Each row carries a checksum of itself (`sum`), so that damage is
/// noticed before it is shown. The file is that of SQLite 3 with application id "EMND".
namespace ProjectSchema {

constexpr int version = 1;

/// The oldest version of this program's format that can still read what it writes; kept in each
/// file. Programs between this one and `version` may look at the file, but not write it.
constexpr int oldestReader = 1;

/// Makes the tables in an empty database.
void create(Database& database);

/// What a file is, judged by its first bytes alone.
enum class Kind {
    project, ///< of this program
    empty,   ///< of no bytes: a project that was about to be made
    other
};
Kind kindOf(const QString& path);

/// The version in the first bytes of a project's file.
int versionOf(const QString& path);

/// The version of an open file. Throws Error where it is not a project, or where its tables are
/// not exactly those of its version.
int check(Database& database);

} // namespace ProjectSchema

} // namespace emend
