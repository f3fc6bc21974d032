// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

bool isNrrd(const QByteArray& head);

/// Opens a NRRD file (.nrrd, or .nhdr with its pixels beside it), raw or gzip, two or three axes.
/// Spacings count as voxel size only where the file names their unit. Throws Error.
OpenedStack openNrrd(const std::shared_ptr<const InputFile>& file);

} // namespace emend
