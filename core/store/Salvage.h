// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/store/ProjectRecords.h"

#include <QString>

#include <vector>

namespace emend {

/// What of a damaged project could be brought into a new one.
struct SalvageReport
{
    qint64 tiles = 0;
    std::vector<DamagedTile> lost; ///< tiles that are untouched in the new project
    qint64 steps = 0;              ///< of the history: those after the last damaged one
    qint64 predictions = 0;
    qint64 models = 0;
};

/// Brings what is intact of a damaged or truncated project into a new file. The damaged file is
/// only read. Each value counts only where its own checksum says that it is right; tiles are also
/// looked for where the file's index does not lead any more. Throws Error where not even the size
/// of the stack can be found.
SalvageReport salvageProject(const QString& damagedPath, const QString& newPath, JobContext& job);

} // namespace emend
