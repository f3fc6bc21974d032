// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

/// Opens a folder of numbered sections, one file each, in the order people count them. Files that
/// do not belong to them are left out and named in the notes. Throws Error.
OpenedStack openFolder(const NativePath& path);

} // namespace emend
