// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

#include <memory>

namespace emend {

/// Where the values of a stack lie in a file: uncompressed, slice after slice.
struct RawVolume
{
    VolumeSize size; ///< as the header says; judged by openRaw
    Component component = Component::uint8;
    bool isBigEndian = false;
    bool isBottomUp = false; ///< the first row of a slice is its lowest
    qint64 offset = 0;

    qint64 sliceBytes() const { return size.pixelsPerSlice() * byteCount(component); }
};

/// Reads rows straight from the file, so that nothing is held in memory. A file that ends early
/// is opened as far as its slices are whole, with a note; throws Error where not one is.
OpenedStack openRaw(std::shared_ptr<const InputFile> file, RawVolume volume);

} // namespace emend
