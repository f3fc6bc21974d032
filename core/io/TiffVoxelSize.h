// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/TiffDescription.h"
#include "core/io/TiffFile.h"

namespace emend {

/// The voxel size that a TIFF file gives, from the most trusted place that has a sane one: OME,
/// ImageJ, the tags of microscopes, the resolution tags.
struct TiffVoxelSize
{
    VoxelSize size;
    QString source; ///< where it comes from, for the user; empty when unknown

    static TiffVoxelSize find(const TiffFile& file, const TiffIfd& ifd,
                              const TiffDescription& description);
};

/// Lengths that no microscope gives (below 0.05 nm or above 10 um in the plane, 1 mm in z) become
/// 0.
VoxelSize saneVoxelSize(VoxelSize size);

} // namespace emend
