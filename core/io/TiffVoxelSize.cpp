// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffVoxelSize.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <tiff.h>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffVoxelSize", text);
}

constexpr quint16 zeissTag = 34118;
constexpr std::array<quint16, 2> feiTags = {34680, 34682};
constexpr quint16 tvipsTag = 37706;
constexpr std::array<quint16, 2> sisTags = {33560, 33471};
constexpr quint16 gatanUnitTag = 65003;  // x, then y and z
constexpr quint16 gatanScaleTag = 65009; // x, then y and z
constexpr double nmPerMetre = 1e9;

/// Pixels a unit, of the tag; 0 where there is none.
double resolution(const TiffFile& file, const TiffIfd& ifd, quint16 tag)
{
    const TiffEntry* entry = ifd.find(tag);
    return entry ? file.real(*entry) : 0;
}

double oneOver(double value)
{
    return value > 0 ? 1 / value : 0;
}

VoxelSize fromImageJ(const TiffFile& file, const TiffIfd& ifd, const TiffDescription& said)
{
    double perUnit = 1;
    // ImageJ itself: resolution a centimetre, but the unit is written as um.
    if (file.integer(ifd, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE) == RESUNIT_CENTIMETER &&
        said.xUnit == QLatin1String("um"))
        perUnit = 10000;
    return {oneOver(resolution(file, ifd, TIFFTAG_XRESOLUTION)) * perUnit *
                nanometresOfUnit(said.xUnit),
            oneOver(resolution(file, ifd, TIFFTAG_YRESOLUTION)) * perUnit *
                nanometresOfUnit(said.yUnit),
            said.spacing * nanometresOfUnit(said.zUnit)};
}

QString tagText(const TiffFile& file, const TiffIfd& ifd, quint16 tag)
{
    const TiffEntry* entry = ifd.find(tag);
    return entry ? QString::fromLatin1(file.text(*entry).left(1 << 20)) : QString();
}

double captured(const QString& text, const char* pattern)
{
    const QRegularExpression expression(QLatin1String(pattern),
                                        QRegularExpression::CaseInsensitiveOption |
                                            QRegularExpression::MultilineOption);
    return expression.match(text).captured(1).toDouble();
}

VoxelSize fromFei(const TiffFile& file, const TiffIfd& ifd)
{
    for (const quint16 tag : feiTags) {
        const QString text = tagText(file, ifd, tag);
        const double x = captured(text, "^\\s*PixelWidth\\s*=\\s*([-+.0-9eE]+)");
        const double y = captured(text, "^\\s*PixelHeight\\s*=\\s*([-+.0-9eE]+)");
        if (x > 0)
            return {x * nmPerMetre, (y > 0 ? y : x) * nmPerMetre, 0};
    }
    return {};
}

VoxelSize fromZeiss(const TiffFile& file, const TiffIfd& ifd)
{
    const QString text = tagText(file, ifd, zeissTag);
    static const QRegularExpression named(
        QStringLiteral("(?:Image )?Pixel Size\\s*=\\s*([.0-9eE+-]+)\\s*(\\S+)"));
    const QRegularExpressionMatch match = named.match(text);
    if (match.hasMatch()) {
        const double nm = match.captured(1).toDouble() * nanometresOfUnit(match.captured(2));
        if (nm > 0)
            return {nm, nm, 0};
    }
    // The fourth unnamed number is the size of a pixel at 1024 pixels across, in metres.
    const QStringList lines = text.split(QLatin1Char('\n'));
    const qint64 width = file.integer(ifd, TIFFTAG_IMAGEWIDTH, 0);
    const double metres = lines.size() > 3 ? lines[3].trimmed().toDouble() : 0;
    const double nm = width > 0 ? metres * 1024 / double(width) * nmPerMetre : 0;
    return {nm, nm, 0};
}

VoxelSize fromSis(const TiffFile& file, const TiffIfd& ifd)
{
    for (const quint16 tag : sisTags) {
        const QString text = tagText(file, ifd, tag);
        const double x = captured(text, "^\\s*pixelsizex\\s*=\\s*([-+.0-9eE]+)");
        const double y = captured(text, "^\\s*pixelsizey\\s*=\\s*([-+.0-9eE]+)");
        if (x > 0)
            return {x * nmPerMetre, (y > 0 ? y : x) * nmPerMetre, 0};
    }
    return {};
}

VoxelSize fromGatan(const TiffFile& file, const TiffIfd& ifd)
{
    std::array<double, 3> nm = {};
    for (quint16 axis = 0; axis < 3; ++axis) {
        const TiffEntry* scale = ifd.find(quint16(gatanScaleTag + axis));
        const QString unit = tagText(file, ifd, quint16(gatanUnitTag + axis));
        nm[axis] = scale ? std::abs(file.real(*scale)) * nanometresOfUnit(unit) : 0;
    }
    return {nm[0], nm[1], nm[2]};
}

VoxelSize fromTvips(const TiffFile& file, const TiffIfd& ifd)
{
    // Text in some versions; the binary header of others is not read.
    const QString text = tagText(file, ifd, tvipsTag);
    const double x = captured(text, "PixelSizeX\\s*=\\s*([-+.0-9eE]+)");
    const double y = captured(text, "PixelSizeY\\s*=\\s*([-+.0-9eE]+)");
    return {x, y > 0 ? y : x, 0};
}

VoxelSize fromResolution(const TiffFile& file, const TiffIfd& ifd)
{
    const qint64 unit = file.integer(ifd, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    const double nmOfUnit = unit == RESUNIT_CENTIMETER ? 1e7 : unit == RESUNIT_INCH ? 2.54e7 : 0;
    const double x = resolution(file, ifd, TIFFTAG_XRESOLUTION);
    const double y = resolution(file, ifd, TIFFTAG_YRESOLUTION);
    // What printers and scanners write says nothing of the specimen.
    const double dotsPerInch = x * 2.54e7 / std::max(1.0, nmOfUnit);
    for (const double printer : {72, 96, 100, 150, 180, 200, 300, 600}) {
        if (std::abs(dotsPerInch - printer) < 0.5)
            return {};
    }
    return {oneOver(x) * nmOfUnit, oneOver(y) * nmOfUnit, 0};
}

} // namespace

VoxelSize saneVoxelSize(VoxelSize size)
{
    const auto isSane = [](double nm, double most) {
        return nm >= 0.05 && nm <= most;
    };
    constexpr double planeMostNm = 10e3;
    constexpr double sectionMostNm = 1e6;
    if (!isSane(size.xNm, planeMostNm) || !isSane(size.yNm, planeMostNm))
        size.xNm = size.yNm = 0;
    if (!isSane(size.zNm, sectionMostNm))
        size.zNm = 0;
    return size;
}

TiffVoxelSize TiffVoxelSize::find(const TiffFile& file, const TiffIfd& ifd,
                                  const TiffDescription& said)
{
    const bool isImageJ = said.kind == TiffDescription::Kind::imageJ;
    const TiffVoxelSize candidates[] = {
        {said.omeVoxelSize, tr("OME description")},
        {isImageJ ? fromImageJ(file, ifd, said) : VoxelSize(), tr("ImageJ description")},
        {fromFei(file, ifd), tr("FEI tag")},
        {fromZeiss(file, ifd), tr("Zeiss tag")},
        {fromTvips(file, ifd), tr("TVIPS tag")},
        {fromSis(file, ifd), tr("Olympus tag")},
        {fromGatan(file, ifd), tr("Gatan tag")},
        {fromResolution(file, ifd), tr("resolution tag")},
    };
    VoxelSize sections; // a description may know the thickness alone
    for (const TiffVoxelSize& candidate : candidates) {
        VoxelSize sane = saneVoxelSize(candidate.size);
        if (sections.zNm == 0 && sane.zNm > 0)
            sections.zNm = sane.zNm;
        if (!sane.isPlaneKnown())
            continue;
        sane.zNm = sane.zNm > 0 ? sane.zNm : sections.zNm;
        return {sane, candidate.source};
    }
    return {sections, sections.zNm > 0 ? candidates[isImageJ ? 1 : 0].source : QString()};
}

} // namespace emend
