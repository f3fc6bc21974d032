// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Error.h"
#include "core/io/SectionDecoder.h"
#include "core/io/TiffDirectory.h"
#include "core/io/TiffPixels.h"

#include <memory>
#include <vector>

namespace emend {

/// Decodes rectangles of the pages of a TIFF: strips and tiles by libtiff, plain rows where they
/// lie. Keeps the block decoded last. Each thread has a decoder of its own; they share the index.
class TiffDecoder : public SectionDecoder
{
public:
    explicit TiffDecoder(std::shared_ptr<const TiffDirectory> directory);
    ~TiffDecoder() override;

    void read(int z, Rect rect, void* out) override;

private:
    struct Handle; // libtiff is in TiffDecoder.cpp

    void choosePage(int page);
    void readPlainRows(TiffDirectory::Slice slice, Rect rect, quint8* out);
    void readBlocks(Rect rect, quint8* out);
    void readBlock(int column, int row, Rect rect, quint8* out);
    const std::vector<quint8>& decodedBlock(int block);
    const quint8* interleaved(const std::vector<const quint8*>& planes, int pixels);
    Error damaged() const;

    std::shared_ptr<const TiffDirectory> m_directory;
    std::unique_ptr<Handle> m_handle; ///< opened with the first block that needs it
    int m_pageIndex = -1;
    const TiffPage* m_page = nullptr;
    TiffPixels m_pixels;
    std::vector<quint8> m_scratch;

    struct Block
    {
        int index = -1;
        std::vector<quint8> bytes;
    };

    std::vector<Block> m_blocks; ///< the last of each plane
};

} // namespace emend
