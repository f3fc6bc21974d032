// SPDX-License-Identifier: Apache-2.0
#include "tests/support/TiffPages.h"

#include <QFile>

#include <tiffio.h>

namespace emend {

namespace {

int numberOf(TIFF* tiff, quint32 tag)
{
    quint16 value = 0;
    return TIFFGetField(tiff, tag, &value) ? value : 0;
}

QByteArray textOf(TIFF* tiff, quint32 tag)
{
    const char* text = nullptr;
    return TIFFGetField(tiff, tag, &text) ? QByteArray(text) : QByteArray();
}

TiffPageContent readTiffPage(TIFF* tiff)
{
    TiffPageContent page;
    quint32 rowsPerStrip = 0;
    float xResolution = 0;
    float yResolution = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page.height);
    TIFFGetField(tiff, TIFFTAG_ROWSPERSTRIP, &rowsPerStrip);
    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &xResolution);
    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &yResolution);
    page.rowsPerStrip = int(rowsPerStrip);
    page.xResolution = double(xResolution);
    page.yResolution = double(yResolution);
    page.bits = numberOf(tiff, TIFFTAG_BITSPERSAMPLE);
    page.compression = numberOf(tiff, TIFFTAG_COMPRESSION);
    quint16 predictor = 0;
    if (TIFFGetField(tiff, TIFFTAG_PREDICTOR, &predictor))
        page.predictor = predictor;
    page.resolutionUnit = numberOf(tiff, TIFFTAG_RESOLUTIONUNIT);
    page.hasOrientation = numberOf(tiff, TIFFTAG_ORIENTATION) == ORIENTATION_TOPLEFT;
    page.isTiled = TIFFIsTiled(tiff);
    page.description = textOf(tiff, TIFFTAG_IMAGEDESCRIPTION);
    page.software = textOf(tiff, TIFFTAG_SOFTWARE);
    const tmsize_t rowBytes = TIFFScanlineSize(tiff);
    page.pixels.resize(rowBytes * page.height);
    for (int y = 0; y < page.height; ++y)
        TIFFReadScanline(tiff, page.pixels.data() + y * rowBytes, quint32(y));
    return page;
}

} // namespace

std::vector<TiffPageContent> readTiffPages(const QString& path)
{
    std::vector<TiffPageContent> pages;
    TIFF* tiff = TIFFOpen(QFile::encodeName(path).constData(), "r");
    if (!tiff)
        return pages;
    do
        pages.push_back(readTiffPage(tiff));
    while (TIFFReadDirectory(tiff));
    TIFFClose(tiff);
    return pages;
}

} // namespace emend
