// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

#include <QStringList>

namespace emend {

/// Opens one file by its signature, whatever its name says. Throws Error.
OpenedStack openFile(const NativePath& path);

/// "*.tif", "*.tiff", ... of the files that openFile() knows.
QStringList openableNamePatterns();

} // namespace emend
