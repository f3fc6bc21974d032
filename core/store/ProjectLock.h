// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Error.h"

#include <QString>

namespace emend {

/// Another program has the project; the text names it.
class ProjectInUse : public Error
{
public:
    using Error::Error;
};

/// Says that a project is open here, so that no second program opens it too.
///
/// A file beside the project, locked as long as this object lives; it names host and process. The
/// system lets go of the lock when the program ends, however it ends.
class ProjectLock
{
public:
    /// Throws ProjectInUse, naming who has the project. Never touches the project itself. Where no
    /// file can be made beside it (a read-only medium), there is nothing to guard against.
    explicit ProjectLock(const QString& projectPath);
    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

    /// Whether somebody has the project now.
    static bool isHeld(const QString& projectPath);

private:
    QString m_path;
    int m_file = -1;
};

} // namespace emend
