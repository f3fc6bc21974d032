// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// SQLite takes any log that lies beside a file for the file's own, even one of another project
/// that was copied there, and shows what that one says. Renames such a log (NAME-wal.foreign) and
/// returns true. Call it before a project is opened; the project itself is not written.
bool setAsideForeignLog(const QString& projectPath);

} // namespace emend
