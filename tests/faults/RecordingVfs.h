// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <map>
#include <random>
#include <vector>

namespace emend {

/// A layer under SQLite that writes down what reaches the disk and when it was synced, so that a
/// power cut can be played: what was synced is there, of the rest a random part, torn at 512 bytes.
///
/// One at a time; while it lives it is SQLite's default. Files below `folder` are watched.
class RecordingVfs
{
public:
    RecordingVfs();
    ~RecordingVfs();

    /// Begins anew; the files of the folder are on the disk as they are now.
    void watch(const QString& folder);

    /// The power goes after so many more writes and syncs.
    void cutAfter(int calls);

    bool isCut() const;

    /// Calls since watch().
    int calls() const;

    /// What the disk holds when the power comes back, written into an empty folder.
    void restore(const QString& folder, std::mt19937& random) const;

    struct Change
    {
        qint64 at = 0;
        QByteArray bytes; ///< empty: the file ends here
    };

    struct File
    {
        QByteArray synced;
        std::vector<Change> unsynced;
        bool isThere = true;
    };
};

} // namespace emend
