// SPDX-License-Identifier: Apache-2.0
#include "core/image/ImageStack.h"

#include "core/image/TilePyramid.h"

#include <algorithm>
#include <bit>

namespace emend {

namespace {

/// A slice in memory is its own block: nothing is decoded.
class MemorySource : public SliceSource
{
public:
    MemorySource(int width, std::vector<std::vector<quint16>> slices)
        : m_width(width)
        , m_slices(std::move(slices))
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        const quint16* slice = m_slices[size_t(z)].data();
        for (int y = rect.y; y < rect.bottom(); ++y)
            out = std::copy_n(slice + size_t(y) * size_t(m_width) + rect.x, rect.width, out);
    }

private:
    int m_width;
    std::vector<std::vector<quint16>> m_slices;
};

int levelOf(int scale)
{
    Q_ASSERT(scale > 0 && std::has_single_bit(unsigned(scale)));
    return std::countr_zero(unsigned(scale));
}

/// The pixels of a level that show any of rect.
Rect levelRect(Rect rect, int scale)
{
    const int x = rect.x / scale;
    const int y = rect.y / scale;
    const auto roundedUp = [scale](int edge) {
        return int((qint64(edge) + scale - 1) / scale);
    };
    return {x, y, roundedUp(rect.right()) - x, roundedUp(rect.bottom()) - y};
}

void copyTile(const PixelTile& tile, Rect tileRect, Rect wanted, quint16* out)
{
    const Rect part = wanted.intersected(tileRect);
    for (int y = part.y; y < part.bottom(); ++y) {
        quint16* row = out + size_t(y - wanted.y) * size_t(wanted.width);
        tile.getRow(part.x - tileRect.x, y - tileRect.y, part.width, row + (part.x - wanted.x));
    }
}

/// Copies the tiles that cover wanted; false as soon as tileAt() has none.
template <typename TileAt>
bool assemble(Rect wanted, GreyImage& out, TileAt tileAt)
{
    const int side = PixelTile::sidePx;
    out.width = wanted.width;
    out.height = wanted.height;
    out.pixels.resize(size_t(wanted.pixelCount()));
    for (int row = wanted.y / side; row * side < wanted.bottom(); ++row) {
        for (int column = wanted.x / side; column * side < wanted.right(); ++column) {
            const auto tile = tileAt(column, row);
            if (!tile)
                return false;
            copyTile(*tile, {column * side, row * side, side, side}, wanted, out.pixels.data());
        }
    }
    return true;
}

} // namespace

struct ImageStack::Cache
{
    TilePyramid pyramid;
};

ImageStack::ImageStack(StackInfo info, std::unique_ptr<SliceSource> source, qint64 cacheBytes)
    : m_info(std::move(info))
    , m_cache(new Cache{{m_info.size, m_info.bitsPerPixel / 8, std::move(source), cacheBytes}})
{
}

ImageStack::~ImageStack() = default;

const StackInfo& ImageStack::info() const
{
    return m_info;
}

GreyImage ImageStack::read(int z, Rect rect, int scale) const
{
    Q_ASSERT(z >= 0 && z < m_info.size.slices);
    GreyImage image;
    const Rect clipped = rect.intersected(m_info.size.sliceRect());
    if (clipped.isEmpty())
        return image;
    const int level = levelOf(scale);
    TilePyramid::Batch batch;
    assemble(levelRect(clipped, scale), image, [&](int column, int row) {
        return m_cache->pyramid.tile({z, level, column, row}, batch);
    });
    return image;
}

bool ImageStack::readCached(int z, Rect rect, int scale, GreyImage& out) const
{
    const Rect clipped = rect.intersected(m_info.size.sliceRect());
    if (clipped.isEmpty() || z < 0 || z >= m_info.size.slices)
        return false;
    const int level = levelOf(scale);
    return assemble(levelRect(clipped, scale), out, [&](int column, int row) {
        return m_cache->pyramid.cachedTile({z, level, column, row});
    });
}

qint64 ImageStack::cachedBytes() const
{
    return m_cache->pyramid.cachedBytes();
}

std::shared_ptr<const ImageStack> makeMemoryStack(StackInfo info,
                                                  std::vector<std::vector<quint16>> slices)
{
    Q_ASSERT(int(slices.size()) == info.size.slices);
    const int width = info.size.width;
    return std::make_shared<ImageStack>(std::move(info),
                                        std::make_unique<MemorySource>(width, std::move(slices)));
}

} // namespace emend
