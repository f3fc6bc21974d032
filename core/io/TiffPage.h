// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/SectionDecoder.h"
#include "core/io/TiffFile.h"

#include <vector>

namespace emend {

/// One page of a TIFF file, judged by its directory alone: what its pixels are and where.
struct TiffPage
{
    enum class Colour { minIsBlack, minIsWhite, rgb, palette, yCbCr };

    qint64 ifdOffset = 0;
    int width = 0;
    int height = 0;
    int bits = 8;                           ///< of a sample: 1, 8, 16, 32 or 64
    int samples = 1;                        ///< of a pixel: 1 to 4
    Component component = Component::uint8; ///< of the grey that the page comes out as
    Colour colour = Colour::minIsBlack;
    int compression = 1;
    bool isHalfFloat = false;
    bool isPlanar = false; ///< each sample in blocks of its own
    bool isTiled = false;
    bool isBitReversed = false;
    bool hasOrientation = false;
    int blockWidth = 0; ///< of a tile; of a strip the width of the page
    int blockHeight = 0;
    TiffEntry blockOffsets;
    TiffEntry blockByteCounts;
    TiffEntry palette; ///< count 0 where there is none

    /// Throws Error where the page is not of a kind that Emend reads, or breaks a limit.
    static TiffPage judge(const TiffFile& file, const TiffIfd& ifd, int pageNumber);

    /// Thumbnails, masks and levels of a pyramid are no sections.
    static bool isSection(const TiffFile& file, const TiffIfd& ifd);

    /// Uncompressed rows that can be read where they lie, however long a strip is.
    bool isPlain() const;

    int blocksAcross() const { return (width + blockWidth - 1) / blockWidth; }

    int blocksDown() const { return (height + blockHeight - 1) / blockHeight; }

    int planes() const { return isPlanar ? samples : 1; }

    qint64 rowBytes(int pixels) const
    {
        return (qint64(pixels) * bits * (isPlanar ? 1 : samples) + 7) / 8;
    }

    qint64 blockBytes() const { return rowBytes(blockWidth) * blockHeight; }

    qint64 byteCount() const { return rowBytes(width) * height * planes(); }

    /// Whether the blocks lie inside the file, judged by the first and the last of them.
    bool isWhole(const TiffFile& file) const;

    /// The grey of each index where the palette is grey, or empty.
    std::vector<quint8> greyOfIndex(const TiffFile& file) const;
};

} // namespace emend
