// SPDX-License-Identifier: Apache-2.0
#include "core/io/NrrdFile.h"

#include "core/Error.h"
#include "core/io/HeaderFields.h"
#include "core/io/Inflated.h"
#include "core/io/Limits.h"
#include "core/io/RawVolume.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("NrrdFile", text);
}

std::optional<Component> componentOf(const QByteArray& type)
{
    static const std::map<QByteArray, Component> components = {
        {"signed char", Component::int8},    {"int8", Component::int8},
        {"int8_t", Component::int8},         {"uchar", Component::uint8},
        {"unsigned char", Component::uint8}, {"uint8", Component::uint8},
        {"uint8_t", Component::uint8},       {"short", Component::int16},
        {"short int", Component::int16},     {"signed short", Component::int16},
        {"int16", Component::int16},         {"int16_t", Component::int16},
        {"ushort", Component::uint16},       {"unsigned short", Component::uint16},
        {"uint16", Component::uint16},       {"uint16_t", Component::uint16},
        {"int", Component::int32},           {"signed int", Component::int32},
        {"int32", Component::int32},         {"int32_t", Component::int32},
        {"uint", Component::uint32},         {"unsigned int", Component::uint32},
        {"uint32", Component::uint32},       {"uint32_t", Component::uint32},
        {"float", Component::float32},       {"double", Component::float64},
    };
    const auto found = components.find(type.toLower());
    return found == components.end() ? std::nullopt : std::optional(found->second);
}

double nanometresOf(QByteArray unit)
{
    unit = unit.toLower().replace('"', "");
    if (unit == "nm" || unit.startsWith("nanomet"))
        return 1;
    if (unit == "um" || unit == "\xc2\xb5m" || unit.startsWith("micron") ||
        unit.startsWith("micromet"))
        return 1e3;
    return unit == "mm" || unit.startsWith("millimet") ? 1e6 : 0;
}

/// The header's fields, and where the pixels of a file with both begin.
struct Header
{
    HeaderFields fields;
    qint64 end = 0;
};

[[noreturn]] void refuse(const InputFile& file, const QString& why)
{
    throw Error(tr("%1 is a NRRD file that Emend cannot read: %2. Export it as TIFF and open that.")
                    .arg(file.name(), why));
}

Header readHeader(const InputFile& file)
{
    const QByteArray bytes = file.readUpTo(0, HeaderFields::mostBytes);
    Header header;
    while (header.end < bytes.size()) {
        qsizetype lineEnd = bytes.indexOf('\n', header.end);
        if (lineEnd < 0) {
            if (bytes.size() == HeaderFields::mostBytes)
                refuse(file, tr("its header is too long"));
            lineEnd = bytes.size();
        }
        const QByteArray line = bytes.mid(header.end, lineEnd - header.end).trimmed();
        header.end = lineEnd + 1;
        if (line.isEmpty())
            break;
        if (!line.startsWith('#') && !line.contains(":="))
            header.fields.addLine(line, ':');
    }
    return header;
}

/// Lengths of the vectors "(4,0,0) (0,4,0) (0,0,50)".
std::vector<double> lengthsOf(const QByteArray& directions)
{
    std::vector<double> lengths;
    QByteArray text = directions;
    text.replace("none", "");
    const QList<QByteArray> vectors = text.split('(');
    for (const QByteArray& vector : vectors) {
        if (!vector.contains(')'))
            continue;
        double squares = 0;
        const QList<QByteArray> numbers = vector.left(vector.indexOf(')')).split(',');
        for (const QByteArray& number : numbers)
            squares += std::pow(number.trimmed().toDouble(), 2);
        lengths.push_back(std::sqrt(squares));
    }
    return lengths;
}

void readVoxelSize(const HeaderFields& fields, OpenedStack& opened)
{
    const bool hasDirections = fields.contains("space directions");
    const std::vector<double> spacing =
        hasDirections ? lengthsOf(fields.value("space directions")) : fields.reals("spacings");
    if (spacing.size() < 2 || !(spacing[0] > 0) || !(spacing[1] > 0) || spacing[0] > 1e12)
        return;
    const QList<QByteArray> units =
        fields.value(fields.contains("space units") ? "space units" : "units")
            .simplified()
            .split(' ');
    const double nm = nanometresOf(units.value(0));
    const double z = spacing.size() > 2 && spacing[2] > 0 ? spacing[2] : 0;
    if (nm > 0) {
        opened.info.voxelSize = {spacing[0] * nm, spacing[1] * nm, z * nm};
        opened.info.voxelSizeSource = tr("NRRD header");
        return;
    }
    opened.info.notes << tr("The file says that its voxels are %1 x %2 x %3, but not in which "
                            "unit. Type the voxel size.")
                             .arg(spacing[0])
                             .arg(spacing[1])
                             .arg(z);
}

RawVolume volumeOf(const InputFile& file, const HeaderFields& fields)
{
    const auto component = componentOf(fields.value("type"));
    if (!component)
        refuse(file, tr("its pixels are no plain grey numbers"));
    const std::vector<qint64> sizes = fields.integers("sizes");
    const std::vector<qint64> dimension = fields.integers("dimension");
    if (sizes.size() < 2 || sizes.size() > 3 || dimension.size() != 1 ||
        dimension[0] != qint64(sizes.size()))
        refuse(file, tr("it has not two or three axes"));
    const qint64 slices = sizes.size() == 3 ? sizes[2] : 1;
    Limits::checkStack(sizes[0], sizes[1], slices, file.name());
    RawVolume volume;
    volume.size = {int(sizes[0]), int(sizes[1]), int(slices)};
    volume.component = *component;
    volume.isBigEndian = fields.value("endian").toLower() == "big";
    return volume;
}

} // namespace

bool isNrrd(const QByteArray& head)
{
    return head.startsWith("NRRD000");
}

OpenedStack openNrrd(const std::shared_ptr<const InputFile>& file)
{
    const auto [fields, headerEnd] = readHeader(*file);
    RawVolume volume = volumeOf(*file, fields);
    const QByteArray dataFile =
        fields.value(fields.contains("data file") ? "data file" : "datafile");
    auto pixels = dataFile.isEmpty() ? file : siblingFile(*file, dataFile);
    volume.offset = dataFile.isEmpty() ? headerEnd : 0;

    const QByteArray encoding = fields.value("encoding").toLower();
    const qint64 bytes = volume.sliceBytes() * volume.size.slices;
    if (fields.contains("line skip") && fields.value("line skip") != "0")
        refuse(*file, tr("it skips lines of its pixel file"));
    const qint64 skip =
        std::clamp<qint64>(fields.value("byte skip").toLongLong(), -1, pixels->size());
    if (encoding == "gzip" || encoding == "gz") {
        pixels = inflated(*pixels, volume.offset, bytes);
        volume.offset = 0;
    } else if (encoding == "raw") {
        volume.offset = skip == -1 ? pixels->size() - bytes : volume.offset + skip;
    } else {
        refuse(*file, tr("it is neither raw nor packed with gzip"));
    }
    OpenedStack opened = openRaw(pixels, volume);
    readVoxelSize(fields, opened);
    return opened;
}

} // namespace emend
