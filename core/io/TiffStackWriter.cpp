// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffStackWriter.h"

#include "core/Error.h"
#include "core/io/AtomicFile.h"
#include "core/io/TiffStream.h"
#include "core/jobs/Job.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <tiffio.h>
#include <vector>

namespace emend {

namespace {

using Layout = TiffStackWriter::Layout;
using PixelType = TiffStackWriter::PixelType;

// Small enough that a reader of a part decodes little, large enough that Deflate loses nothing.
constexpr qint64 stripBytes = 256 << 10;

// What a page takes beside its pixels: the directory, and the offsets of its strips.
constexpr qint64 overheadOfPageBytes = 512;

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffStackWriter", text);
}

int bytesPerPixel(PixelType type)
{
    switch (type) {
    case PixelType::grey8:
        return 1;
    case PixelType::grey16:
        return 2;
    case PixelType::float32:
        return 4;
    }
    Q_UNREACHABLE();
}

int rowsPerStrip(const Layout& layout)
{
    const qint64 rows = stripBytes / std::max<qint64>(1, layout.rowBytes());
    return int(std::clamp<qint64>(rows, 1, std::max(1, layout.size.height)));
}

/// A sum over the bytes of a page. Each step can be undone for given bytes, so that a single
/// wrong byte always shows.
class PageSum
{
public:
    void add(const quint8* bytes, qint64 count)
    {
        for (; count >= 8; bytes += 8, count -= 8) {
            quint64 word = 0;
            std::memcpy(&word, bytes, 8);
            mix(word);
        }
        for (; count > 0; ++bytes, --count)
            mix(*bytes);
    }

    quint64 value() const { return m_value; }

private:
    void mix(quint64 word) { m_value = std::rotl(m_value ^ word, 29) * 0x9E3779B97F4A7C15ull; }

    quint64 m_value = 0x2545F4914F6CDD1Dull;
};

/// The same text for the same number everywhere, as short as it can be.
QByteArray text(double number)
{
    return QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
}

/// What ImageJ reads of a stack; "unit" also means that the resolution tags count in it.
QByteArray imageJDescription(const Layout& layout)
{
    QByteArray lines = "ImageJ=1.53t\nimages=" + QByteArray::number(layout.pageCount()) + '\n';
    if (layout.channels > 1)
        lines += "channels=" + QByteArray::number(layout.channels) + '\n';
    if (layout.size.slices > 1)
        lines += "slices=" + QByteArray::number(layout.size.slices) + '\n';
    if (layout.channels > 1)
        lines += "hyperstack=true\nmode=grayscale\n";
    if (layout.voxelSize.isPlaneKnown())
        lines += "unit=nm\n";
    if (layout.voxelSize.isKnown())
        lines += "spacing=" + text(layout.voxelSize.zNm) + '\n';
    return lines + "loop=false\nmin=" + text(layout.displayMinimum) +
           "\nmax=" + text(layout.displayMaximum) + '\n';
}

void describePage(TIFF* tiff, const Layout& layout, bool isFirst)
{
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, quint32(layout.size.width));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, quint32(layout.size.height));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8 * bytesPerPixel(layout.type));
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT,
                 layout.type == PixelType::float32 ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, quint32(rowsPerStrip(layout)));
    // ImageJ takes the pages for one run of pixels where this tag is missing.
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    // Deflate without a predictor is the one compression that every reader takes.
    TIFFSetField(tiff, TIFFTAG_COMPRESSION,
                 layout.compress ? COMPRESSION_ADOBE_DEFLATE : COMPRESSION_NONE);
    if (layout.compress)
        TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, 6);
    if (layout.voxelSize.isPlaneKnown()) {
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 1 / layout.voxelSize.xNm);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 1 / layout.voxelSize.yNm);
        TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
    }
    if (isFirst)
        TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, imageJDescription(layout).constData());
    TIFFSetField(tiff, TIFFTAG_SOFTWARE, "Emend " EMEND_VERSION);
}

} // namespace

qint64 TiffStackWriter::Layout::rowBytes() const
{
    return qint64(size.width) * bytesPerPixel(type);
}

bool TiffStackWriter::Layout::isBigTiff() const
{
    const qint64 pageBytes = rowBytes() * size.height + overheadOfPageBytes;
    return pageBytes * pageCount() > bigTiffAboveBytes;
}

struct TiffStackWriter::Private
{
    Private(const QString& path, const Layout& layout);

    Layout layout;
    AtomicFile file;
    std::optional<TiffStream> output; ///< until all pages are there
    std::vector<quint8> strip;        ///< rows that wait until their strip is full
    int row = 0;                      ///< of the page that is written, the next to come
    PageSum sum;                      ///< of that page so far
    std::vector<quint64> sums;        ///< of the pages that are whole
    bool isFinished = false;

    int rowsInStrip() const { return int(qint64(strip.size()) / layout.rowBytes()); }

    void addToStrip(const quint8* rows, int rowCount);
    void writeStrip();
    void endPage();
    void close();
    void compare(JobContext& job);
    bool isPageRight(TIFF* tiff, quint64 expectedSum);
    [[noreturn]] void failWriting();
    [[noreturn]] void failComparing();
};

TiffStackWriter::Private::Private(const QString& path, const Layout& l)
    : layout(l)
    , file(path)
{
    // Always in Intel order, so that the file is the same from every machine.
    output.emplace(file.descriptor(), layout.isBigTiff() ? "w8l" : "wl");
    if (!output->tiff())
        failWriting();
    describePage(output->tiff(), layout, true);
    strip.reserve(size_t(rowsPerStrip(layout) * layout.rowBytes()));
}

void TiffStackWriter::Private::addToStrip(const quint8* rows, int rowCount)
{
    strip.insert(strip.end(), rows, rows + rowCount * layout.rowBytes());
    row += rowCount;
    if (rowsInStrip() == rowsPerStrip(layout) || row == layout.size.height)
        writeStrip();
    if (row == layout.size.height)
        endPage();
}

void TiffStackWriter::Private::writeStrip()
{
    const quint32 number = quint32((row - 1) / rowsPerStrip(layout));
    const auto bytes = tmsize_t(strip.size());
    if (TIFFWriteEncodedStrip(output->tiff(), number, strip.data(), bytes) != bytes)
        failWriting();
    sum.add(strip.data(), bytes); // strip by strip, as they are read back
    strip.clear();
}

void TiffStackWriter::Private::endPage()
{
    if (!TIFFWriteDirectory(output->tiff()))
        failWriting();
    sums.push_back(sum.value());
    sum = PageSum();
    row = 0;
    if (qint64(sums.size()) < layout.pageCount())
        describePage(output->tiff(), layout, false);
}

void TiffStackWriter::Private::close()
{
    const bool isFlushed = TIFFFlush(output->tiff());
    if (!isFlushed || output->systemError() != 0)
        failWriting();
    output.reset();
}

void TiffStackWriter::Private::compare(JobContext& job)
{
    // Neither mapped nor with its strips cut up anew: as it was written.
    TiffStream input(file.descriptor(), "rmc");
    if (!input.tiff())
        failComparing();
    for (size_t page = 0; page < sums.size(); ++page) {
        job.checkCancelled();
        job.report(double(page) / double(sums.size()), tr("Checking the written file"));
        if (page > 0 && !TIFFReadDirectory(input.tiff()))
            failComparing();
        if (!isPageRight(input.tiff(), sums[page]))
            failComparing();
    }
    if (!TIFFLastDirectory(input.tiff()))
        failComparing();
}

bool TiffStackWriter::Private::isPageRight(TIFF* tiff, quint64 expectedSum)
{
    quint32 width = 0;
    quint32 height = 0;
    quint16 bits = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    if (int(width) != layout.size.width || int(height) != layout.size.height ||
        bits != 8 * bytesPerPixel(layout.type))
        return false;
    strip.resize(size_t(TIFFStripSize(tiff)));
    PageSum found;
    for (quint32 i = 0; i < TIFFNumberOfStrips(tiff); ++i) {
        const tmsize_t bytes = TIFFReadEncodedStrip(tiff, i, strip.data(), tmsize_t(strip.size()));
        if (bytes < 0)
            return false;
        found.add(strip.data(), bytes);
    }
    return found.value() == expectedSum;
}

void TiffStackWriter::Private::failWriting()
{
    if (output && output->systemError() != 0)
        file.fail(output->systemError());
    throw Error(tr("%1 could not be written, perhaps because memory ran short. Close other "
                   "programs and try again.")
                    .arg(file.path()));
}

void TiffStackWriter::Private::failComparing()
{
    throw Error(tr("%1 was not written, because the disk gave back other pixels than it was given. "
                   "Choose another disk, and have this one checked.")
                    .arg(file.path()));
}

TiffStackWriter::TiffStackWriter(const QString& path, Layout layout)
    : d(std::make_unique<Private>(path, layout))
{
}

TiffStackWriter::~TiffStackWriter() = default;

void TiffStackWriter::addPage(const void* pixels)
{
    Q_ASSERT(d->row == 0);
    addRows(pixels, d->layout.size.height);
}

void TiffStackWriter::addRows(const void* pixels, int rowCount)
{
    const auto* rows = static_cast<const quint8*>(pixels);
    while (rowCount > 0) {
        Q_ASSERT(qint64(d->sums.size()) < d->layout.pageCount());
        const int room =
            std::min(rowsPerStrip(d->layout) - d->rowsInStrip(), d->layout.size.height - d->row);
        const int taken = std::min(rowCount, room);
        d->addToStrip(rows, taken);
        rows += taken * d->layout.rowBytes();
        rowCount -= taken;
    }
}

void TiffStackWriter::finish(JobContext& job)
{
    if (qint64(d->sums.size()) != d->layout.pageCount())
        throw Error(tr("%1 was not written, because some of its slices are missing. Please try "
                       "again.")
                        .arg(d->file.path()));
    d->close();
    d->file.sync();
    d->compare(job);
    d->isFinished = true;
}

void TiffStackWriter::commit()
{
    JobContext nobody;
    if (!d->isFinished)
        finish(nobody);
    d->file.commit();
}

} // namespace emend
