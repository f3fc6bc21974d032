// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffDecoder.h"

#include "core/io/ByteOrder.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>
#include <tiffio.h>

namespace emend {

namespace {

// A block has at most 64 MB, and what a codec needs beside it.
constexpr tmsize_t allocationMost = 96 << 20;

/// libtiff's view of the file that was judged: the same open file, and no mapping of it, which
/// would end the program when the file shrinks.
struct Stream
{
    std::shared_ptr<const InputFile> file;
    toff_t position = 0;
};

tmsize_t readStream(thandle_t handle, void* out, tmsize_t count)
{
    auto* stream = static_cast<Stream*>(handle);
    const qint64 available = std::max<qint64>(0, stream->file->size() - qint64(stream->position));
    const qint64 wanted = std::min<qint64>(count, available);
    try {
        stream->file->read(qint64(stream->position), out, wanted);
    } catch (const Error&) {
        return -1; // no exception may pass through C
    }
    stream->position += toff_t(wanted);
    return wanted;
}

tmsize_t writeStream(thandle_t, void*, tmsize_t)
{
    return -1;
}

toff_t seekStream(thandle_t handle, toff_t offset, int whence)
{
    auto* stream = static_cast<Stream*>(handle);
    const toff_t base = whence == SEEK_CUR   ? stream->position
                        : whence == SEEK_END ? toff_t(stream->file->size())
                                             : 0;
    stream->position = std::min<toff_t>(base + offset, toff_t(1) << 62);
    return stream->position;
}

int closeStream(thandle_t)
{
    return 0;
}

toff_t sizeOfStream(thandle_t handle)
{
    return toff_t(static_cast<Stream*>(handle)->file->size());
}

// What libtiff has to say of a file is not for the user; failures come as return values.
int staySilent(TIFF*, void*, const char*, const char*, va_list)
{
    return 1;
}

} // namespace

/// An open TIFF of libtiff. The stream lives as long as it does.
struct TiffDecoder::Handle
{
    explicit Handle(std::shared_ptr<const InputFile> file)
    {
        stream.file = std::move(file);
        TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
        TIFFOpenOptionsSetMaxSingleMemAlloc(options, allocationMost);
        TIFFOpenOptionsSetErrorHandlerExtR(options, staySilent, nullptr);
        TIFFOpenOptionsSetWarningHandlerExtR(options, staySilent, nullptr);
        // h: leave the pages alone until one is asked for. m: no mapping.
        tiff = TIFFClientOpenExt("", "rhm", &stream, readStream, writeStream, seekStream,
                                 closeStream, sizeOfStream, nullptr, nullptr, options);
        TIFFOpenOptionsFree(options);
    }

    ~Handle()
    {
        if (tiff)
            TIFFClose(tiff);
    }

    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    /// False where libtiff does not see the page as its directory was judged.
    bool choose(const TiffPage& page)
    {
        if (!tiff || !TIFFSetSubDirectory(tiff, toff_t(page.ifdOffset)))
            return false;
        if (page.colour == TiffPage::Colour::yCbCr)
            TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        const tmsize_t bytes = page.isTiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
        return bool(TIFFIsTiled(tiff)) == page.isTiled && bytes == page.blockBytes();
    }

    Stream stream;
    TIFF* tiff = nullptr;
};

TiffDecoder::TiffDecoder(std::shared_ptr<const TiffDirectory> directory)
    : m_directory(std::move(directory))
{
}

TiffDecoder::~TiffDecoder() = default;

void TiffDecoder::read(int z, Rect rect, void* out)
{
    const TiffDirectory::Slice slice = m_directory->slice(z);
    choosePage(slice.page);
    if (m_page->isPlain())
        readPlainRows(slice, rect, static_cast<quint8*>(out));
    else
        readBlocks(rect, static_cast<quint8*>(out));
}

void TiffDecoder::choosePage(int page)
{
    if (page == m_pageIndex)
        return;
    m_pageIndex = -1;
    m_page = &m_directory->page(page);
    m_pixels = TiffPixels(m_directory->file(), *m_page);
    m_blocks.assign(size_t(m_page->planes()), {});
    if (!m_page->isPlain()) {
        if (!m_handle)
            m_handle = std::make_unique<Handle>(m_directory->file().file());
        if (!m_handle->choose(*m_page))
            throw damaged();
    }
    m_pageIndex = page;
}

void TiffDecoder::readPlainRows(TiffDirectory::Slice slice, Rect rect, quint8* out)
{
    const TiffFile& file = m_directory->file();
    const qint64 rowBytes = m_page->rowBytes(m_page->width);
    const qint64 partBytes = m_page->rowBytes(rect.width);
    const qint64 outBytes = qint64(rect.width) * byteCount(m_page->component);
    const bool wholeRows = rect.width == m_page->width;
    for (int y = rect.y; y < rect.bottom();) {
        const int strip = y / m_page->blockHeight;
        const int rowInStrip = y % m_page->blockHeight;
        const int rows =
            wholeRows ? std::min(rect.bottom() - y, m_page->blockHeight - rowInStrip) : 1;
        const qint64 offset = file.integer(m_page->blockOffsets, strip) + slice.shiftBytes +
                              rowInStrip * rowBytes + m_page->rowBytes(rect.x);
        m_scratch.resize(size_t(partBytes * rows));
        file.file()->read(offset, m_scratch.data(), partBytes * rows);
        toNativeOrder(m_scratch.data(), partBytes * rows, m_page->bits / 8, file.isBigEndian());
        for (int row = 0; row < rows; ++row, out += outBytes)
            m_pixels.toGrey(m_scratch.data() + row * partBytes, 0, rect.width, out);
        y += rows;
    }
}

void TiffDecoder::readBlocks(Rect rect, quint8* out)
{
    for (int row = rect.y / m_page->blockHeight; row * m_page->blockHeight < rect.bottom(); ++row) {
        for (int column = rect.x / m_page->blockWidth; column * m_page->blockWidth < rect.right();
             ++column)
            readBlock(column, row, rect, out);
    }
}

void TiffDecoder::readBlock(int column, int row, Rect rect, quint8* out)
{
    const int blocksOfPlane = m_page->blocksAcross() * m_page->blocksDown();
    const int block = row * m_page->blocksAcross() + column;
    std::vector<const quint8*> planes;
    for (int plane = 0; plane < m_page->planes(); ++plane)
        planes.push_back(decodedBlock(plane * blocksOfPlane + block).data());
    const Rect blockRect{column * m_page->blockWidth, row * m_page->blockHeight, m_page->blockWidth,
                         m_page->blockHeight};
    const Rect part = rect.intersected(blockRect);
    const int pixelBytes = byteCount(m_page->component);
    const qint64 rowBytes = m_page->rowBytes(m_page->blockWidth);
    for (int y = part.y; y < part.bottom(); ++y) {
        std::vector<const quint8*> rows = planes;
        for (const quint8*& samples : rows)
            samples += (y - blockRect.y) * rowBytes;
        const quint8* samples = rows.front();
        if (rows.size() > 1)
            samples = interleaved(rows, m_page->blockWidth);
        const qint64 at = (qint64(y - rect.y) * rect.width + (part.x - rect.x)) * pixelBytes;
        m_pixels.toGrey(samples, part.x - blockRect.x, part.width, out + at);
    }
}

const std::vector<quint8>& TiffDecoder::decodedBlock(int block)
{
    const int blocksOfPlane = m_page->blocksAcross() * m_page->blocksDown();
    Block& kept = m_blocks[size_t(block / blocksOfPlane)];
    if (kept.index == block)
        return kept.bytes;
    kept.index = -1;
    kept.bytes.assign(size_t(m_page->blockBytes()), 0);
    const auto number = uint32_t(block);
    const auto size = tmsize_t(kept.bytes.size());
    const tmsize_t got =
        m_page->isTiled ? TIFFReadEncodedTile(m_handle->tiff, number, kept.bytes.data(), size)
                        : TIFFReadEncodedStrip(m_handle->tiff, number, kept.bytes.data(), size);
    if (got < 0)
        throw damaged();
    kept.index = block;
    return kept.bytes;
}

const quint8* TiffDecoder::interleaved(const std::vector<const quint8*>& planes, int pixels)
{
    const size_t sampleBytes = size_t(m_page->bits / 8);
    m_scratch.resize(size_t(pixels) * planes.size() * sampleBytes);
    quint8* out = m_scratch.data();
    for (size_t pixel = 0; pixel < size_t(pixels); ++pixel) {
        for (const quint8* plane : planes) {
            std::memcpy(out, plane + pixel * sampleBytes, sampleBytes);
            out += sampleBytes;
        }
    }
    return m_scratch.data();
}

Error TiffDecoder::damaged() const
{
    return Error(QCoreApplication::translate(
                     "TiffDecoder",
                     "A section of %1 is damaged and cannot be read. Copy the file again from its "
                     "source.")
                     .arg(m_directory->file().file()->name()));
}

} // namespace emend
