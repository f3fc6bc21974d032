// SPDX-License-Identifier: Apache-2.0
#include "core/io/RawVolume.h"

#include "core/Error.h"
#include "core/io/ByteOrder.h"
#include "core/io/Limits.h"

#include <QCoreApplication>

#include <algorithm>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RawVolume", text);
}

class RawSource : public ComponentSource
{
public:
    RawSource(std::shared_ptr<const InputFile> file, const RawVolume& volume)
        : m_file(std::move(file))
        , m_volume(volume)
    {
    }

    void read(int z, Rect rect, void* out) override
    {
        const int valueBytes = byteCount(m_volume.component);
        const qint64 rowBytes = qint64(rect.width) * valueBytes;
        for (int y = 0; y < rect.height; ++y) {
            char* to = static_cast<char*>(out) + y * rowBytes;
            m_file->read(positionOf(z, rect.x, rect.y + y), to, rowBytes);
            toNativeOrder(to, rowBytes, valueBytes, m_volume.isBigEndian);
        }
    }

private:
    qint64 positionOf(int z, int x, int y) const
    {
        const int row = m_volume.isBottomUp ? m_volume.size.height - 1 - y : y;
        const qint64 values = qint64(row) * m_volume.size.width + x;
        return m_volume.offset + z * m_volume.sliceBytes() + values * byteCount(m_volume.component);
    }

    std::shared_ptr<const InputFile> m_file;
    RawVolume m_volume;
};

} // namespace

OpenedStack openRaw(std::shared_ptr<const InputFile> file, RawVolume volume)
{
    const qint64 available = std::max<qint64>(0, file->size() - std::max<qint64>(0, volume.offset));
    const qint64 wholeSlices = available / volume.sliceBytes();
    if (volume.offset < 0 || wholeSlices < 1)
        throw Error(tr("%1 ends before its first section is complete. Copy it again from its "
                       "source.")
                        .arg(file->name()));
    OpenedStack opened;
    if (wholeSlices < volume.size.slices) {
        opened.info.notes << tr("%1 ends after section %2 of %3. Emend opened those that are "
                                "whole.")
                                 .arg(file->name())
                                 .arg(wholeSlices)
                                 .arg(volume.size.slices);
        volume.size.slices = int(wholeSlices);
    }
    opened.info.size = volume.size;
    opened.component = volume.component;
    const int rows = int(std::clamp<qint64>((1 << 18) / volume.size.width, 1, volume.size.height));
    opened.preferredBlock = {0, 0, volume.size.width, rows};
    opened.source = std::make_unique<RawSource>(std::move(file), volume);
    return opened;
}

} // namespace emend
