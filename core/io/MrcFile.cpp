// SPDX-License-Identifier: Apache-2.0
#include "core/io/MrcFile.h"

#include "core/Error.h"
#include "core/io/ByteOrder.h"
#include "core/io/Limits.h"
#include "core/io/RawVolume.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace emend {

namespace {

constexpr qint64 headerBytes = 1024;
constexpr double nmPerAngstrom = 0.1;

QString tr(const char* text)
{
    return QCoreApplication::translate("MrcFile", text);
}

/// Numbers of the header at their byte offsets (MRC2014, Cheng et al. 2015).
class Header
{
public:
    explicit Header(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        // The machine stamp tells the byte order; old files have none, and then small numbers do.
        const auto stamp = quint8(m_bytes[212]);
        if (stamp == 0x11)
            m_isBigEndian = true;
        else if (stamp != 0x44)
            m_isBigEndian = integer(modeAt) < 0 || integer(modeAt) > 1000;
    }

    bool isBigEndian() const { return m_isBigEndian; }

    qint32 integer(int offset) const { return number<qint32>(offset); }

    double real(int offset) const { return double(number<float>(offset)); }

    bool hasMapWord() const { return m_bytes.mid(208, 4) == "MAP "; }

    static constexpr int columnsAt = 0, rowsAt = 4, sectionsAt = 8, modeAt = 12;
    static constexpr int gridAt = 28, cellAt = 40, axesAt = 64, minimumAt = 76, maximumAt = 80;
    static constexpr int extraBytesAt = 92, versionAt = 108, imodStampAt = 152, imodFlagsAt = 156;

private:
    template <typename T>
    T number(int offset) const
    {
        T value;
        std::memcpy(&value, m_bytes.constData() + offset, sizeof value);
        toNativeOrder(&value, sizeof value, sizeof value, m_isBigEndian);
        return value;
    }

    QByteArray m_bytes;
    bool m_isBigEndian = false;
};

bool isSigned(const Header& header)
{
    constexpr qint32 imodStamp = 1146047817;
    constexpr qint32 mrc2014 = 20140;
    if (header.integer(Header::imodStampAt) == imodStamp)
        return header.integer(Header::imodFlagsAt) & 1;
    if (header.integer(Header::versionAt) >= mrc2014)
        return true;
    return header.real(Header::minimumAt) < 0 && header.real(Header::maximumAt) <= 127;
}

Component componentOf(const Header& header, const QString& name)
{
    switch (header.integer(Header::modeAt)) {
    case 0:
        return isSigned(header) ? Component::int8 : Component::uint8;
    case 1:
        return Component::int16;
    case 2:
        return Component::float32;
    case 6:
        return Component::uint16;
    default:
        throw Error(tr("%1 is an MRC file of mode %2, which Emend does not read. Save it as bytes, "
                       "16-bit numbers or floating numbers (mode 0, 1, 2 or 6).")
                        .arg(name)
                        .arg(header.integer(Header::modeAt)));
    }
}

/// In nm; 0 where the header says nothing, or one angstrom, which is what programs write that do
/// not know it.
double voxelSizeOf(const Header& header, int axis)
{
    const double cell = header.real(Header::cellAt + 4 * axis);
    const int grid = header.integer(Header::gridAt + 4 * axis);
    const double angstrom = grid > 0 ? cell / grid : 0;
    const bool isKnown =
        std::isfinite(angstrom) && angstrom > 0 && angstrom < 1e9 && std::abs(angstrom - 1) > 1e-6;
    return isKnown ? angstrom * nmPerAngstrom : 0;
}

} // namespace

bool isMrc(const QByteArray& head)
{
    if (head.size() < headerBytes)
        return false;
    const Header header(head);
    const auto isCount = [&header](int offset) {
        return header.integer(offset) > 0 && header.integer(offset) <= Limits::sidePx;
    };
    // Old files have no word that names them, but their axes are numbered.
    const bool hasAxes = header.integer(Header::axesAt) == 1 &&
                         header.integer(Header::axesAt + 4) == 2 &&
                         header.integer(Header::axesAt + 8) == 3;
    return header.hasMapWord() || (hasAxes && isCount(Header::columnsAt) &&
                                   isCount(Header::rowsAt) && isCount(Header::sectionsAt));
}

OpenedStack openMrc(const std::shared_ptr<const InputFile>& file)
{
    const Header header(file->readUpTo(0, headerBytes));
    const QString name = file->name();
    Limits::checkStack(header.integer(Header::columnsAt), header.integer(Header::rowsAt),
                       header.integer(Header::sectionsAt), name);
    RawVolume volume;
    volume.size = {header.integer(Header::columnsAt), header.integer(Header::rowsAt),
                   header.integer(Header::sectionsAt)};
    volume.component = componentOf(header, name);
    volume.isBigEndian = header.isBigEndian();
    volume.isBottomUp = true;
    volume.offset = headerBytes + std::max(0, header.integer(Header::extraBytesAt));
    OpenedStack opened = openRaw(file, volume);
    opened.info.voxelSize = {voxelSizeOf(header, 0), voxelSizeOf(header, 1),
                             voxelSizeOf(header, 2)};
    if (opened.info.voxelSize.isPlaneKnown())
        opened.info.voxelSizeSource = tr("MRC header");
    return opened;
}

} // namespace emend
