// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QString>

#include <memory>

namespace emend {

class JobContext;

/// Writes a stack slice after slice to one TIFF that Fiji, ilastik, napari and IMOD read right:
/// ImageJ description with calibration, strips, Deflate where asked, BigTIFF by itself above
/// 3.9 GB (which Fiji opens through Bio-Formats). The same pixels always give the same file.
///
/// Goes through AtomicFile: the old file stands until commit(). Every failure throws Error. One
/// thread at a time.
class TiffStackWriter
{
public:
    enum class PixelType { grey8, grey16, float32 };

    struct Layout
    {
        VolumeSize size;  ///< slices: pages of one channel
        int channels = 1; ///< > 1: a slice x channel hyperstack, channel fastest
        PixelType type = PixelType::grey8;
        VoxelSize voxelSize; ///< written where both sides of a pixel are known
        bool compress = true;
        double displayMinimum = 0;
        double displayMaximum = 255;
        qint64 bigTiffAboveBytes = 3'900'000'000; ///< of pixels, before they are compressed

        qint64 pageCount() const { return qint64(size.slices) * channels; }

        qint64 rowBytes() const;
        bool isBigTiff() const;
    };

    TiffStackWriter(const QString& path, Layout layout);
    ~TiffStackWriter();

    /// The next page, row after row, size.width * size.height pixels of the type.
    void addPage(const void* pixels);

    /// The next rows of the page, for sections that are larger than memory; after its last row
    /// comes the next page.
    void addRows(const void* pixels, int rowCount);

    /// Checks that all pages are there, brings them to the disk, reads the file back and compares
    /// it with what was written. The old file still stands. Throws Cancelled too.
    void finish(JobContext& job);

    /// Finishes where that is not done yet, then moves the file into place.
    void commit();

private:
    struct Private; // libtiff is in TiffStackWriter.cpp
    std::unique_ptr<Private> d;
};

} // namespace emend
