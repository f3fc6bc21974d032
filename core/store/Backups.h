// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QString>
#include <QStringList>

namespace emend {

/// Older states of a project in a folder beside it (NAME-backups). Each is a whole project that
/// can be opened. A handle without state of its own; one thread at a time.
class Backups
{
public:
    static constexpr int mostGenerations = 3;
    static const inline QString folderSuffix = QStringLiteral("-backups");

    /// filePath: the file itself, where that is not the project's (see WorkingCopy).
    explicit Backups(const QString& projectPath, const QString& filePath = {});

    const QString& folder() const { return m_folder; }

    /// Newest first.
    QStringList paths() const;

    /// There is something new in the file, the newest backup is more than an hour old, and the disk
    /// has twice the space.
    bool isDue() const;

    /// Copies the project's file, which must have no log and stand still meanwhile, and verifies
    /// every checksum in the copy. Only then the oldest of too many goes. Returns false, with all
    /// as it was, where the copy could not be made or is not sound. Throws Cancelled.
    bool make(JobContext& job) const;

private:
    QString m_filePath;
    QString m_folder;
};

} // namespace emend
