// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

/// The first 352 bytes of a file, unpacked where it is packed.
bool isNifti(const QByteArray& head);

bool isGzip(const QByteArray& head);

/// Opens a NIfTI-1 file, .nii or .nii.gz, as its voxels lie in the file. Throws Error.
OpenedStack openNifti(std::shared_ptr<const InputFile> file);

} // namespace emend
