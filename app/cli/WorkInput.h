// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/store/ProjectStore.h"
#include "models/Checkpoint.h"

#include <memory>

namespace emend {

/// What a command works on: a stack, or a project with its stack. A project is only read, also
/// while a window has it open.
struct WorkInput
{
    std::shared_ptr<const ImageStack> stack;
    VoxelSize voxelSize;                   ///< the project's, where one was typed there
    std::unique_ptr<ProjectStore> project; ///< null: a stack alone
    ProjectContents contents;              ///< of the project

    /// Throws Error.
    static WorkInput open(const QString& path);

    /// A model of the project by its name, else a file or a shipped model. Throws Error.
    std::shared_ptr<const Checkpoint> model(const QString& pathOrName) const;
};

} // namespace emend
