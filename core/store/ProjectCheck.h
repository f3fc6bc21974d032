// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/store/ProjectRecords.h"

#include <QString>

#include <vector>

namespace emend {

/// What a look at everything in a project file found.
struct CheckReport
{
    qint64 tiles = 0;                 ///< that stand somewhere now
    std::vector<DamagedTile> damaged; ///< of those
    qint64 damagedVersions = 0;       ///< older versions of tiles, which only undo would need
    qint64 damagedPredictions = 0;    ///< predicted slices
    qint64 damagedModels = 0;
    qint64 damagedSteps = 0;
    QString structure; ///< what SQLite says of the file, empty: it is sound

    bool isSound() const
    {
        return damaged.empty() && damagedVersions == 0 && damagedPredictions == 0 &&
               damagedModels == 0 && damagedSteps == 0 && structure.isEmpty();
    }
};

/// Reads every row of a project file and verifies its checksum. Writes nothing, not even where the
/// program that had it was killed. Throws Error where it is no project at all.
CheckReport checkProject(const QString& path, JobContext& job);

} // namespace emend
