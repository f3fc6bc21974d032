// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QString>

#include <memory>

namespace emend {

/// Writes a stack slice after slice to one TIFF that Fiji, ilastik, napari and IMOD read right:
/// ImageJ description with calibration, strips, Deflate where asked, BigTIFF by itself above
/// 3.9 GB. Goes through AtomicFile: the old file stands until commit(). Every failure throws
/// Error. One thread at a time.
class TiffStackWriter
{
public:
    enum class PixelType { grey8, grey16, float32 };

    struct Layout
    {
        VolumeSize size;       ///< slices: pages of one channel
        int channels = 1;      ///< > 1: a slice x channel hyperstack, channel fastest
        PixelType type = PixelType::grey8;
        VoxelSize voxelSize;
        bool compress = true;
        double displayMinimum = 0;
        double displayMaximum = 255;
    };

    TiffStackWriter(const QString& path, Layout layout);
    ~TiffStackWriter();

    /// The next page, row after row, size.width * size.height pixels of the type.
    void addPage(const void* pixels);

    /// Checks that all pages are there, reads the file back and compares it with what was
    /// written, then moves it into place.
    void commit();

private:
    struct Private; // libtiff is in TiffStackWriter.cpp
    std::unique_ptr<Private> d;
};

} // namespace emend
