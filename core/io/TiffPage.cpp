// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffPage.h"

#include "core/Error.h"
#include "core/io/Limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <tiff.h>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffPage", text);
}

constexpr qint64 blockBytesMost = 64ll << 20;

/// What a method can shrink at the very most; a file that promises more is a trap.
const std::map<int, int>& strongestCompressions()
{
    static const std::map<int, int> strongest = {
        {COMPRESSION_NONE, 1},       {COMPRESSION_LZW, 4096},
        {COMPRESSION_DEFLATE, 1040}, {COMPRESSION_ADOBE_DEFLATE, 1040},
        {COMPRESSION_PACKBITS, 64},  {COMPRESSION_ZSTD, 40000},
        {COMPRESSION_JPEG, 2000},
    };
    return strongest;
}

TiffPage::Colour colourOf(qint64 photometric, const QString& name)
{
    switch (photometric) {
    case PHOTOMETRIC_MINISWHITE:
        return TiffPage::Colour::minIsWhite;
    case PHOTOMETRIC_MINISBLACK:
        return TiffPage::Colour::minIsBlack;
    case PHOTOMETRIC_RGB:
        return TiffPage::Colour::rgb;
    case PHOTOMETRIC_PALETTE:
        return TiffPage::Colour::palette;
    case PHOTOMETRIC_YCBCR:
        return TiffPage::Colour::yCbCr;
    default:
        throw Error(tr("%1 holds colours of a kind that Emend does not read. Convert it to grey, "
                       "for example in Fiji with Image > Type > 8-bit.")
                        .arg(name));
    }
}

Component componentOf(TiffPage& page, qint64 sampleFormat, const QString& name)
{
    using enum Component;
    const bool isGrey =
        page.colour == TiffPage::Colour::minIsBlack || page.colour == TiffPage::Colour::minIsWhite;
    const bool isUnsigned = sampleFormat == SAMPLEFORMAT_UINT || sampleFormat == SAMPLEFORMAT_VOID;
    const bool isSigned = isGrey && sampleFormat == SAMPLEFORMAT_INT;
    const bool isFloat = isGrey && sampleFormat == SAMPLEFORMAT_IEEEFP;
    page.isHalfFloat = isFloat && page.bits == 16;
    if (page.bits == 1 && isGrey && isUnsigned && page.samples == 1)
        return uint8;
    if (page.bits == 8 && (isUnsigned || isSigned))
        return isSigned ? int8 : uint8;
    if (page.bits == 16 && (isUnsigned || isSigned) && page.colour != TiffPage::Colour::palette)
        return isSigned ? int16 : uint16;
    if (page.bits == 32 && isGrey && (isUnsigned || isSigned))
        return isSigned ? int32 : uint32;
    if (isFloat && (page.bits == 16 || page.bits == 32))
        return float32;
    if (isFloat && page.bits == 64)
        return float64;
    throw Error(tr("%1 has pixels of a kind that Emend does not read (%2 bits). Convert it to 8 or "
                   "16 bit grey, for example in Fiji.")
                    .arg(name)
                    .arg(page.bits));
}

void judgeSamples(const TiffFile& file, const TiffIfd& ifd, TiffPage& page, const QString& name)
{
    const qint64 samples = file.integer(ifd, TIFFTAG_SAMPLESPERPIXEL, 1);
    if (samples < 1 || samples > 4)
        throw Error(tr("%1 holds more than four values a pixel. Save one channel as a grey TIFF.")
                        .arg(name));
    page.samples = int(samples);
    page.bits = 1;
    if (const TiffEntry* bits = ifd.find(TIFFTAG_BITSPERSAMPLE)) {
        page.bits = int(std::min<qint64>(file.integer(*bits), 1000));
        for (qint64 i = 1; i < std::min<qint64>(bits->count, samples); ++i) {
            if (file.integer(*bits, i) != page.bits)
                throw Error(
                    tr("%1 mixes pixels of different depth. Convert it to grey.").arg(name));
        }
    }
    page.colour = colourOf(file.integer(ifd, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK), name);
    const bool isColour =
        page.colour == TiffPage::Colour::rgb || page.colour == TiffPage::Colour::yCbCr;
    const bool isJpegColour = page.compression == COMPRESSION_JPEG && !page.isPlanar;
    if ((isColour && samples < 3) || (page.colour == TiffPage::Colour::yCbCr && !isJpegColour))
        throw Error(tr("%1 holds colours of a kind that Emend does not read. Convert it to grey, "
                       "for example in Fiji with Image > Type > 8-bit.")
                        .arg(name));
    page.component =
        componentOf(page, file.integer(ifd, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT), name);
    if (const TiffEntry* palette = ifd.find(TIFFTAG_COLORMAP))
        page.palette = *palette;
}

void judgeBlocks(const TiffFile& file, const TiffIfd& ifd, TiffPage& page, const QString& name)
{
    page.isTiled = ifd.find(TIFFTAG_TILEWIDTH) != nullptr;
    const qint64 rows = file.integer(ifd, TIFFTAG_ROWSPERSTRIP, page.height);
    const qint64 blockWidth = page.isTiled ? file.integer(ifd, TIFFTAG_TILEWIDTH, 0) : page.width;
    const qint64 blockHeight = page.isTiled ? file.integer(ifd, TIFFTAG_TILELENGTH, 0)
                                            : std::min<qint64>(rows, page.height);
    const bool isSane = blockWidth > 0 && blockHeight > 0 && blockWidth <= Limits::sidePx &&
                        blockHeight <= Limits::sidePx &&
                        (!page.isTiled || (blockWidth % 16 == 0 && blockHeight % 16 == 0));
    if (!isSane)
        throw Error(tr("%1 is damaged: its strips or tiles have an impossible size. Copy it again "
                       "from its source.")
                        .arg(name));
    page.blockWidth = int(blockWidth);
    page.blockHeight = int(blockHeight);
    if (!page.isPlain() && page.blockBytes() > blockBytesMost)
        throw Error(tr("%1 is stored in pieces of more than 64 MB. Save it uncompressed, or with "
                       "smaller strips or tiles.")
                        .arg(name));
    const quint16 offsetsTag = page.isTiled ? TIFFTAG_TILEOFFSETS : TIFFTAG_STRIPOFFSETS;
    const quint16 countsTag = page.isTiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS;
    if (const TiffEntry* offsets = ifd.find(offsetsTag))
        page.blockOffsets = *offsets;
    if (const TiffEntry* counts = ifd.find(countsTag))
        page.blockByteCounts = *counts;
}

/// Refuses a first page that promises more pixels than its bytes can hold.
void judgeExpansion(const TiffFile& file, const TiffPage& page, const QString& name)
{
    const qint64 blocks = page.blockByteCounts.count;
    if (page.compression == COMPRESSION_NONE || blocks == 0 || blocks > 4096)
        return;
    qint64 stored = 0;
    for (qint64 i = 0; i < blocks; ++i)
        stored += std::min(file.integer(page.blockByteCounts, i), file.file()->size());
    if (page.byteCount() / strongestCompressions().at(page.compression) > stored)
        throw Error(tr("%1 is damaged: it promises more pixels than it can hold. Copy it again "
                       "from its source.")
                        .arg(name));
}

} // namespace

TiffPage TiffPage::judge(const TiffFile& file, const TiffIfd& ifd, int pageNumber)
{
    const QString name = pageNumber == 0
                             ? file.file()->name()
                             : tr("Section %1 of %2").arg(pageNumber + 1).arg(file.file()->name());
    TiffPage page;
    page.ifdOffset = ifd.offset;
    const qint64 width = file.integer(ifd, TIFFTAG_IMAGEWIDTH, 0);
    const qint64 height = file.integer(ifd, TIFFTAG_IMAGELENGTH, 0);
    Limits::checkSection(width, height, name);
    page.width = int(width);
    page.height = int(height);
    page.compression = int(file.integer(ifd, TIFFTAG_COMPRESSION, COMPRESSION_NONE));
    if (!strongestCompressions().contains(page.compression))
        throw Error(tr("%1 is compressed by a method that Emend does not read. Save it "
                       "uncompressed or with Deflate (ZIP).")
                        .arg(name));
    page.isPlanar =
        file.integer(ifd, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
    page.isBitReversed =
        file.integer(ifd, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) == FILLORDER_LSB2MSB;
    page.hasOrientation = ifd.find(TIFFTAG_ORIENTATION) != nullptr;
    judgeSamples(file, ifd, page, name);
    page.isPlanar = page.isPlanar && page.samples > 1;
    judgeBlocks(file, ifd, page, name);
    if (pageNumber == 0)
        judgeExpansion(file, page, name);
    return page;
}

bool TiffPage::isSection(const TiffFile& file, const TiffIfd& ifd)
{
    const qint64 kind = file.integer(ifd, TIFFTAG_SUBFILETYPE, 0);
    const qint64 oldKind = file.integer(ifd, TIFFTAG_OSUBFILETYPE, OFILETYPE_IMAGE);
    return (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0 &&
           oldKind != OFILETYPE_REDUCEDIMAGE;
}

bool TiffPage::isPlain() const
{
    return compression == COMPRESSION_NONE && !isTiled && !isPlanar && bits >= 8 && !isBitReversed;
}

bool TiffPage::isWhole(const TiffFile& file) const
{
    const qint64 fileBytes = file.file()->size();
    const qint64 blocks = qint64(blocksAcross()) * blocksDown() * planes();
    if (blockOffsets.count < blocks || (compression == COMPRESSION_NONE && byteCount() > fileBytes))
        return false;
    for (const qint64 block : {qint64(0), blocks - 1}) {
        const bool isLastStrip = !isTiled && (block + 1) % blocksDown() == 0;
        const int rows = isLastStrip ? height - (blocksDown() - 1) * blockHeight : blockHeight;
        const qint64 bytes = compression == COMPRESSION_NONE ? rowBytes(blockWidth) * rows
                                                             : file.integer(blockByteCounts, block);
        if (file.integer(blockOffsets, block) > fileBytes - bytes)
            return false;
    }
    return true;
}

std::vector<quint8> TiffPage::greyOfIndex(const TiffFile& file) const
{
    constexpr qint64 colours = 256;
    if (colour != Colour::palette || palette.count < 3 * colours)
        return {};
    std::vector<quint8> greys;
    for (qint64 i = 0; i < colours; ++i) {
        const qint64 red = file.integer(palette, i);
        if (file.integer(palette, i + colours) != red ||
            file.integer(palette, i + 2 * colours) != red)
            return {};
        greys.push_back(quint8(red >> 8));
    }
    return greys;
}

} // namespace emend
