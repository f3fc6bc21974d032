// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffDescription.h"

#include "core/io/Limits.h"
#include "core/io/OmeDescription.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>

#include <cmath>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffDescription", text);
}

/// Undoes the escapes of Java's Properties: \u00B5 and \\.
QString unescaped(const QByteArray& value)
{
    QString text;
    for (qsizetype i = 0; i < value.size(); ++i) {
        bool isHex = false;
        const ushort code = value.mid(i + 2, 4).toUShort(&isHex, 16);
        if (value[i] == '\\' && i + 5 < value.size() && value[i + 1] == 'u' && isHex) {
            text += QChar(code);
            i += 5;
        } else if (value[i] == '\\' && i + 1 < value.size()) {
            text += QLatin1Char(value[++i]);
        } else {
            text += QLatin1Char(value[i]);
        }
    }
    return text.trimmed();
}

QMap<QByteArray, QString> properties(const QByteArray& text)
{
    QMap<QByteArray, QString> found;
    for (const QByteArray& line : text.split('\n')) {
        const qsizetype equals = line.indexOf('=');
        if (equals > 0)
            found.insert(line.left(equals).trimmed(), unescaped(line.mid(equals + 1)));
    }
    return found;
}

int count(const QMap<QByteArray, QString>& properties, const char* key)
{
    const int value = properties.value(key).toInt();
    return value > 0 && value <= 100'000'000 ? value : 1;
}

TiffDescription parseImageJ(const QByteArray& text)
{
    const QMap<QByteArray, QString> values = properties(text);
    TiffDescription said;
    said.kind = TiffDescription::Kind::imageJ;
    said.images = count(values, "images");
    said.channels = count(values, "channels");
    said.slices = count(values, "slices");
    said.frames = count(values, "frames");
    const qint64 product = qint64(said.channels) * said.slices;
    if (product > said.images || product * said.frames != said.images)
        said.channels = said.slices = said.frames = 1;
    said.xUnit = values.value("unit");
    said.yUnit = values.value("yunit", said.xUnit);
    said.zUnit = values.value("zunit", said.xUnit);
    const double spacing = std::abs(values.value("spacing").toDouble());
    said.spacing = std::isfinite(spacing) ? spacing : 0;
    if (said.channels > 1)
        said.notes << tr("The file has %1 channels; the first is shown.").arg(said.channels);
    if (said.frames > 1 && said.slices > 1)
        said.notes << tr("The file has %1 time points; the first is shown.").arg(said.frames);
    return said;
}

} // namespace

TiffDescription TiffDescription::parse(const QByteArray& text, const QString& fileName)
{
    const QByteArray start = text.left(1000).trimmed();
    if (text.startsWith("ImageJ="))
        return parseImageJ(text);
    if ((start.startsWith("<?xml") || start.startsWith("<OME")) && text.contains("<OME"))
        return OmeDescription(text, fileName).take();
    return {};
}

std::vector<int> TiffDescription::planesOfSlices(int pageCount) const
{
    if (kind == Kind::ome && !omePlanes.empty())
        return omePlanes;
    // In an ImageJ file the channel runs fastest, then the slice, then the time.
    const int step = kind == Kind::imageJ ? channels : 1;
    int wanted = pageCount;
    if (step > 1 || slices > 1)
        wanted = std::min(pageCount, step * (slices > 1 ? slices : frames));
    std::vector<int> planes;
    for (int plane = 0; plane < wanted; plane += step)
        planes.push_back(plane);
    return planes;
}

double nanometresOfUnit(const QString& unit)
{
    static const QHash<QString, double> lengths = {
        {QStringLiteral("pm"), 1e-3},         {QStringLiteral("a"), 0.1},
        {QStringLiteral("å"), 0.1},           {QStringLiteral("\u212b"), 0.1},
        {QStringLiteral("angstrom"), 0.1},    {QStringLiteral("nm"), 1},
        {QStringLiteral("nanometer"), 1},     {QStringLiteral("nanometre"), 1},
        {QStringLiteral("nanometers"), 1},    {QStringLiteral("nanometres"), 1},
        {QStringLiteral("um"), 1e3},          {QStringLiteral("µm"), 1e3},
        {QStringLiteral("\u03bcm"), 1e3},     {QStringLiteral("micron"), 1e3},
        {QStringLiteral("microns"), 1e3},     {QStringLiteral("micrometer"), 1e3},
        {QStringLiteral("micrometre"), 1e3},  {QStringLiteral("micrometers"), 1e3},
        {QStringLiteral("micrometres"), 1e3}, {QStringLiteral("mm"), 1e6},
        {QStringLiteral("millimeter"), 1e6},  {QStringLiteral("cm"), 1e7},
        {QStringLiteral("m"), 1e9},           {QStringLiteral("meter"), 1e9},
        {QStringLiteral("inch"), 2.54e7},
    };
    return lengths.value(unit.trimmed().toLower(), 0);
}

} // namespace emend
