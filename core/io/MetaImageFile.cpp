// SPDX-License-Identifier: Apache-2.0
#include "core/io/MetaImageFile.h"

#include "core/Error.h"
#include "core/io/HeaderFields.h"
#include "core/io/Inflated.h"
#include "core/io/Limits.h"
#include "core/io/RawVolume.h"

#include <QCoreApplication>

#include <optional>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MetaImageFile", text);
}

std::optional<Component> componentOf(const QByteArray& type)
{
    static const std::map<QByteArray, Component> components = {
        {"MET_CHAR", Component::int8},     {"MET_UCHAR", Component::uint8},
        {"MET_SHORT", Component::int16},   {"MET_USHORT", Component::uint16},
        {"MET_INT", Component::int32},     {"MET_UINT", Component::uint32},
        {"MET_FLOAT", Component::float32}, {"MET_DOUBLE", Component::float64},
    };
    const auto found = components.find(type);
    return found == components.end() ? std::nullopt : std::optional(found->second);
}

bool isTrue(const QByteArray& value)
{
    return value.startsWith('T') || value.startsWith('t') || value == "1";
}

[[noreturn]] void refuse(const InputFile& file, const QString& why)
{
    throw Error(tr("%1 is a MetaImage that Emend cannot read: %2. Export it as TIFF and open that.")
                    .arg(file.name(), why));
}

struct Header
{
    HeaderFields fields;
    qint64 end = 0;
};

/// "ElementDataFile" is the last line of every header.
Header readHeader(const InputFile& file)
{
    const QByteArray bytes = file.readUpTo(0, HeaderFields::mostBytes);
    Header header;
    while (header.end < bytes.size() && !header.fields.contains("elementdatafile")) {
        qsizetype lineEnd = bytes.indexOf('\n', header.end);
        if (lineEnd < 0)
            lineEnd = bytes.size();
        header.fields.addLine(bytes.mid(header.end, lineEnd - header.end), '=');
        header.end = lineEnd + 1;
    }
    if (!header.fields.contains("elementdatafile"))
        refuse(file, tr("it does not say where its pixels are"));
    return header;
}

RawVolume volumeOf(const InputFile& file, const HeaderFields& fields)
{
    const auto component = componentOf(fields.value("elementtype"));
    const QByteArray channels = fields.value("elementnumberofchannels");
    if (!component || (!channels.isEmpty() && channels != "1"))
        refuse(file, tr("its pixels are no plain grey numbers"));
    if (fields.contains("binarydata") && !isTrue(fields.value("binarydata")))
        refuse(file, tr("its pixels are written as text"));
    const std::vector<qint64> sizes = fields.integers("dimsize");
    const std::vector<qint64> dimension = fields.integers("ndims");
    if (sizes.size() < 2 || sizes.size() > 3 || dimension.size() != 1 ||
        dimension[0] != qint64(sizes.size()))
        refuse(file, tr("it has not two or three axes"));
    const qint64 slices = sizes.size() == 3 ? sizes[2] : 1;
    Limits::checkStack(sizes[0], sizes[1], slices, file.name());
    RawVolume volume;
    volume.size = {int(sizes[0]), int(sizes[1]), int(slices)};
    volume.component = *component;
    volume.isBigEndian = isTrue(fields.value("binarydatabyteordermsb")) ||
                         isTrue(fields.value("elementbyteordermsb"));
    return volume;
}

void tellSpacing(const HeaderFields& fields, OpenedStack& opened)
{
    const std::vector<double> spacing = fields.reals("elementspacing");
    if (spacing.size() < 2 || (spacing[0] == 1 && spacing[1] == 1))
        return;
    opened.info.notes << tr("The file says that its voxels are %1, but not in which unit. Type the "
                            "voxel size.")
                             .arg(QString::fromUtf8(fields.value("elementspacing")).left(60));
}

} // namespace

bool isMetaImage(const QByteArray& head)
{
    // Old files begin with the number of axes.
    const QByteArray first = head.left(head.indexOf('\n')).simplified().replace(" ", "");
    return first.startsWith("ObjectType=Image") ||
           (first.startsWith("NDims=") && head.contains("DimSize"));
}

OpenedStack openMetaImage(const std::shared_ptr<const InputFile>& file)
{
    const auto [fields, headerEnd] = readHeader(*file);
    RawVolume volume = volumeOf(*file, fields);
    const QByteArray dataFile = fields.value("elementdatafile");
    const bool isLocal = dataFile == "LOCAL";
    auto pixels = isLocal ? file : siblingFile(*file, dataFile);
    volume.offset = isLocal ? headerEnd : 0;
    const qint64 bytes = volume.sliceBytes() * volume.size.slices;
    const qint64 headerSize = fields.value("headersize").toLongLong(); // 0 where it is not there
    if (headerSize == -1)
        volume.offset = pixels->size() - bytes;
    else if (!isLocal && headerSize > 0)
        volume.offset = headerSize;
    if (isTrue(fields.value("compresseddata"))) {
        pixels = inflated(*pixels, volume.offset, bytes);
        volume.offset = 0;
    }
    OpenedStack opened = openRaw(pixels, volume);
    tellSpacing(fields, opened);
    return opened;
}

} // namespace emend
