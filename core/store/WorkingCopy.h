// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QString>

namespace emend {

/// The copy on this computer in which a project of a network folder is worked on.
///
/// Locks and the write-ahead log cannot be trusted on network folders, nor in folders that a
/// program keeps in step with a cloud; so what is done is saved here, and brought back as a whole
/// file. What was not brought back (the network was away, the program was killed) stays here and is
/// what the next start goes on with. One thread at a time.
class WorkingCopy
{
public:
    /// Whether that place is a network folder: by its file system, by the name that cloud programs
    /// give their folders, or as EMEND_NETWORK_FOLDERS (paths separated by colons) says.
    static bool isNeeded(const QString& projectPath);

    /// Fetches the project, unless this computer has newer work on it. Throws Error.
    explicit WorkingCopy(const QString& projectPath);

    /// The file to work in.
    const QString& path() const { return m_path; }

    /// Opening found work on this computer that had not been brought back.
    bool hadNewerWork() const { return m_hadNewerWork; }

    /// Puts the file, which must have no log and stand still meanwhile, in the place of the one on
    /// the network. Where somebody else has changed that one, it stays, and ours goes beside it as
    /// NAME-HOST.emend. Returns where it went. Throws Error where the network is away, or
    /// Cancelled.
    QString bringBack(JobContext& job);

private:
    /// How both files looked (size and time) when they were the same.
    struct Record
    {
        QByteArray there;
        QByteArray here;
    };

    void fetch();
    Record record() const;
    void setRecord(const Record& record) const;

    QString m_projectPath;
    QString m_path;
    QString m_recordPath;
    bool m_hadNewerWork = false;
};

} // namespace emend
