// SPDX-License-Identifier: Apache-2.0
#include "core/image/ImageStack.h"

#include "core/image/TileCache.h"

#include <algorithm>
#include <bit>

namespace emend {

namespace {

constexpr int tilePx = 256;
constexpr qint64 maximumDecodedPixels = 8ll << 20; // at a time; 16 MB

int ceilDivide(int value, int divisor) { return (value + divisor - 1) / divisor; }

/// A slice source over vectors in memory.
class MemorySource : public SliceSource
{
public:
    MemorySource(VolumeSize size, std::vector<std::vector<quint16>> slices)
        : m_size(size)
        , m_slices(std::move(slices))
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        const std::vector<quint16>& slice = m_slices[size_t(z)];
        for (int y = rect.y; y < rect.bottom(); ++y) {
            const auto row = slice.begin() + qptrdiff(y) * m_size.width + rect.x;
            out = std::copy(row, row + rect.width, out);
        }
    }

private:
    VolumeSize m_size;
    std::vector<std::vector<quint16>> m_slices;
};

} // namespace

/// The source behind the cache. A tile of scale s covers 256 s x 256 s pixels of the slice.
struct ImageStack::Cache
{
    using TilePtr = std::shared_ptr<const GreyTile>;

    Cache(const StackInfo& info, std::unique_ptr<SliceSource> source, qint64 bytes)
        : size(info.size)
        , bytesPerPixel(info.bitsPerPixel / 8)
        , source(std::move(source))
        , tiles(bytes)
    {
    }

    TilePtr tile(const TileCache::Key& key)
    {
        TilePtr found = tiles.find(key);
        return found ? found : decode(key);
    }

    TilePtr decode(const TileCache::Key& key);

    /// The means of scale x scale pixels over area (in pixels of the slice).
    std::vector<quint16> means(int z, Rect area, int scale);

    VolumeSize size;
    int bytesPerPixel;
    std::unique_ptr<SliceSource> source;
    TileCache tiles;
};

ImageStack::Cache::TilePtr ImageStack::Cache::decode(const TileCache::Key& key)
{
    // A strip of a file holds whole rows: cut it into tiles once instead of decoding it for each.
    const int side = tilePx * key.scale;
    const bool takesRow = source->preferredBlock().width >= size.width
        && qint64(size.width) * side <= maximumDecodedPixels * key.scale;
    const int firstColumn = takesRow ? 0 : key.column;
    const int columns = takesRow ? ceilDivide(size.width, side) : 1;
    const Rect area = Rect{firstColumn * side, key.row * side, columns * side, side}.intersected(
        size.sliceRect());
    const std::vector<quint16> pixels = means(key.z, area, key.scale);
    const int width = ceilDivide(area.width, key.scale);
    const int height = ceilDivide(area.height, key.scale);

    TilePtr wanted;
    for (int i = 0; i < columns; ++i) {
        const int tileWidth = std::min(tilePx, width - i * tilePx);
        std::vector<quint16> cut;
        cut.reserve(size_t(tileWidth) * size_t(height));
        for (int y = 0; y < height; ++y) {
            const auto row = pixels.begin() + qptrdiff(y) * width + i * tilePx;
            cut.insert(cut.end(), row, row + tileWidth);
        }
        auto tile = std::make_shared<const GreyTile>(
            GreyTile::fromPixels(tileWidth, height, bytesPerPixel, cut.data()));
        tiles.insert({key.z, key.scale, firstColumn + i, key.row}, tile);
        if (firstColumn + i == key.column)
            wanted = std::move(tile);
    }
    return wanted;
}

std::vector<quint16> ImageStack::Cache::means(int z, Rect area, int scale)
{
    const int width = ceilDivide(area.width, scale);
    const int height = ceilDivide(area.height, scale);
    std::vector<quint16> result(size_t(width) * size_t(height));
    if (scale == 1) {
        source->read(z, area, result.data());
        return result;
    }
    // Some rows at a time, so that a large area needs no large buffer.
    const int rows = std::max(1, int(maximumDecodedPixels / area.width / scale)) * scale;
    std::vector<quint16> pixels;
    std::vector<quint32> sums;
    for (int top = 0; top < area.height; top += rows) {
        const Rect part{area.x, area.y + top, area.width, std::min(rows, area.height - top)};
        pixels.resize(size_t(part.pixelCount()));
        source->read(z, part, pixels.data());
        for (int y = 0; y < part.height; y += scale) {
            const int blockRows = std::min(scale, part.height - y);
            sums.assign(size_t(width), 0);
            for (int row = 0; row < blockRows; ++row) {
                const quint16* from = pixels.data() + qptrdiff(y + row) * part.width;
                for (int x = 0; x < part.width; ++x)
                    sums[size_t(x / scale)] += from[x];
            }
            quint16* out = result.data() + qptrdiff((top + y) / scale) * width;
            for (int x = 0; x < width; ++x) {
                const quint32 count
                    = quint32(std::min(scale, part.width - x * scale) * blockRows);
                out[x] = quint16((sums[size_t(x)] + count / 2) / count);
            }
        }
    }
    return result;
}

ImageStack::ImageStack(StackInfo info, std::unique_ptr<SliceSource> source, qint64 cacheBytes)
    : m_info(std::move(info))
    , m_cache(std::make_unique<Cache>(m_info, std::move(source), cacheBytes))
{
}

ImageStack::~ImageStack() = default;

const StackInfo& ImageStack::info() const { return m_info; }

qint64 ImageStack::cachedBytes() const { return m_cache->tiles.bytes(); }

namespace {

/// Walks over the tiles that rect (in pixels of the scale) touches, and copies what it needs.
/// tileAt may return null: then the answer is false.
template <class TileAt>
bool gather(Rect rect, GreyImage& out, const TileAt& tileAt)
{
    out.width = rect.width;
    out.height = rect.height;
    out.pixels.resize(size_t(rect.pixelCount()));
    for (int row = rect.y / tilePx; row * tilePx < rect.bottom(); ++row) {
        for (int column = rect.x / tilePx; column * tilePx < rect.right(); ++column) {
            const std::shared_ptr<const GreyTile> tile = tileAt(column, row);
            if (!tile)
                return false;
            const Rect tileRect{column * tilePx, row * tilePx, tile->width, tile->height};
            const Rect part = rect.intersected(tileRect);
            for (int y = part.y; y < part.bottom(); ++y)
                tile->copyRow(part.x - tileRect.x, y - tileRect.y, part.width,
                              out.pixels.data() + qptrdiff(y - rect.y) * rect.width
                                  + (part.x - rect.x));
        }
    }
    return true;
}

/// The pixels of a scale that cover rect.
Rect scaled(Rect rect, int scale)
{
    const int x = rect.x / scale;
    const int y = rect.y / scale;
    return {x, y, ceilDivide(rect.right(), scale) - x, ceilDivide(rect.bottom(), scale) - y};
}

} // namespace

GreyImage ImageStack::read(int z, Rect rect, int scale) const
{
    Q_ASSERT(z >= 0 && z < size().slices && std::has_single_bit(unsigned(scale)));
    GreyImage image;
    const Rect clipped = rect.intersected(size().sliceRect());
    if (!clipped.isEmpty())
        gather(scaled(clipped, scale), image, [&](int column, int row) {
            return m_cache->tile({z, scale, column, row});
        });
    return image;
}

bool ImageStack::readCached(int z, Rect rect, int scale, GreyImage& out) const
{
    const Rect clipped = rect.intersected(size().sliceRect());
    if (clipped.isEmpty())
        return false;
    return gather(scaled(clipped, scale), out, [&](int column, int row) {
        return m_cache->tiles.find({z, scale, column, row});
    });
}

std::shared_ptr<const ImageStack> makeMemoryStack(StackInfo info,
                                                  std::vector<std::vector<quint16>> slices)
{
    const VolumeSize size = info.size;
    Q_ASSERT(size_t(size.slices) == slices.size());
    return std::make_shared<const ImageStack>(
        std::move(info), std::make_unique<MemorySource>(size, std::move(slices)));
}

} // namespace emend
