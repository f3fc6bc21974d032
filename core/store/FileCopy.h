// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/AtomicFile.h"
#include "core/jobs/Job.h"

#include <QString>

namespace emend {

/// Copies a file into one that is not committed yet; shares its blocks where the file system can.
/// Throws Error, or Cancelled.
void copyFile(const QString& from, AtomicFile& to, JobContext& job);

} // namespace emend
