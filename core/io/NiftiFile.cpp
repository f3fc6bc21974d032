// SPDX-License-Identifier: Apache-2.0
#include "core/io/NiftiFile.h"

#include "core/Error.h"
#include "core/io/ByteOrder.h"
#include "core/io/Inflated.h"
#include "core/io/Limits.h"
#include "core/io/RawVolume.h"

#include <QCoreApplication>

#include <cmath>
#include <cstring>

namespace emend {

namespace {

constexpr qint64 headerBytes = 348;

QString tr(const char* text)
{
    return QCoreApplication::translate("NiftiFile", text);
}

template <typename T>
T numberAt(const QByteArray& bytes, int offset, bool isBigEndian)
{
    T value;
    std::memcpy(&value, bytes.constData() + offset, sizeof value);
    toNativeOrder(&value, sizeof value, sizeof value, isBigEndian);
    return value;
}

/// Numbers of the header at their byte offsets (NIfTI-1.1).
struct Header
{
    QByteArray bytes;
    bool isBigEndian = false;

    qint16 dimension(int i) const { return numberAt<qint16>(bytes, 40 + 2 * i, isBigEndian); }

    qint16 type() const { return numberAt<qint16>(bytes, 70, isBigEndian); }

    double spacing(int i) const
    {
        return std::abs(double(numberAt<float>(bytes, 76 + 4 * i, isBigEndian)));
    }

    double offset() const { return double(numberAt<float>(bytes, 108, isBigEndian)); }

    double nanometresOfUnit() const
    {
        switch (bytes[123] & 7) {
        case 1:
            return 1e9;
        case 2:
            return 1e6;
        case 3:
            return 1e3;
        default:
            return 0;
        }
    }
};

Component componentOf(const Header& header, const QString& name)
{
    switch (header.type()) {
    case 2:
        return Component::uint8;
    case 4:
        return Component::int16;
    case 8:
        return Component::int32;
    case 16:
        return Component::float32;
    case 64:
        return Component::float64;
    case 256:
        return Component::int8;
    case 512:
        return Component::uint16;
    case 768:
        return Component::uint32;
    default:
        throw Error(tr("The voxels of %1 are no plain grey numbers. Export it as TIFF and open "
                       "that.")
                        .arg(name));
    }
}

RawVolume volumeOf(const Header& header, const QString& name)
{
    const int axes = header.dimension(0);
    for (int i = 4; i <= std::min(axes, 7); ++i) {
        if (header.dimension(i) > 1)
            throw Error(tr("%1 holds several volumes. Save one of them and open that.").arg(name));
    }
    const qint64 slices = axes >= 3 ? header.dimension(3) : 1;
    Limits::checkStack(header.dimension(1), header.dimension(2), slices, name);
    RawVolume volume;
    volume.size = {header.dimension(1), header.dimension(2), int(slices)};
    volume.component = componentOf(header, name);
    volume.isBigEndian = header.isBigEndian;
    const double offset = header.offset();
    volume.offset = offset >= headerBytes && offset < 1e15 ? qint64(offset) : headerBytes + 4;
    return volume;
}

} // namespace

bool isGzip(const QByteArray& head)
{
    return head.startsWith("\x1f\x8b");
}

bool isNifti(const QByteArray& head)
{
    const bool hasMagic = head.mid(344, 4) == QByteArray("n+1\0", 4);
    return head.size() >= headerBytes && hasMagic;
}

OpenedStack openNifti(std::shared_ptr<const InputFile> file)
{
    const QString name = file->name();
    const bool isPacked = isGzip(file->readUpTo(0, 2));
    Header header;
    header.bytes = isPacked ? inflatedHead(*file, 0, headerBytes) : file->readUpTo(0, headerBytes);
    header.isBigEndian = numberAt<qint32>(header.bytes, 0, false) != headerBytes;
    const RawVolume volume = volumeOf(header, name);
    if (isPacked)
        file = inflated(*file, 0, volume.offset + volume.sliceBytes() * volume.size.slices);
    OpenedStack opened = openRaw(file, volume);
    const double nm = header.nanometresOfUnit();
    const VoxelSize voxel = {header.spacing(1) * nm, header.spacing(2) * nm,
                             header.spacing(3) * nm};
    const auto isSane = [](double size) {
        return std::isfinite(size) && size > 0 && size < 1e9;
    };
    if (isSane(voxel.xNm) && isSane(voxel.yNm)) {
        opened.info.voxelSize = {voxel.xNm, voxel.yNm, isSane(voxel.zNm) ? voxel.zNm : 0};
        opened.info.voxelSizeSource = tr("NIfTI header");
    }
    return opened;
}

} // namespace emend
