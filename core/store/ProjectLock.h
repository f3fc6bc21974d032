// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// Says that a project is open here, so that no second program opens it too.
///
/// A file beside the project, locked as long as this object lives; it names host and process. The
/// system lets go of the lock when the program ends, however it ends.
class ProjectLock
{
public:
    /// Throws Error, naming who has the project. Never touches the project itself. Where no file
    /// can be made beside it (a read-only medium), there is nothing to guard against.
    explicit ProjectLock(const QString& projectPath);
    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

private:
    QString m_path;
    int m_file = -1;
};

} // namespace emend
