// SPDX-License-Identifier: Apache-2.0
#include "core/image/TilePyramid.h"

#include <algorithm>

namespace emend {

namespace {

constexpr qint64 pixelsAtOnce = 4 << 20;

int roundedDown(int value, int step)
{
    return value / step * step;
}

int roundedUp(int value, int step, int limit)
{
    return int(std::min<qint64>(limit, (qint64(value) + step - 1) / step * step));
}

/// Averages scale x scale pixels, fed row by row.
class RowAverage
{
public:
    RowAverage(int width, int scale)
        : m_width(width)
        , m_scale(scale)
    {
        m_sums.resize(size_t((width + scale - 1) / scale));
        m_means.resize(m_sums.size());
    }

    void add(const quint16* row)
    {
        for (size_t i = 0; i < m_sums.size(); ++i) {
            const int begin = int(i) * m_scale;
            const int end = std::min(begin + m_scale, m_width);
            quint32 sum = 0;
            for (int x = begin; x < end; ++x)
                sum += row[x];
            m_sums[i] += sum;
        }
        ++m_rows;
    }

    int width() const { return int(m_sums.size()); }

    const quint16* takeMeans()
    {
        for (size_t i = 0; i < m_sums.size(); ++i) {
            const int columns = std::min(m_scale, m_width - int(i) * m_scale);
            const quint64 count = quint64(columns) * quint64(m_rows);
            m_means[i] = quint16((m_sums[i] + count / 2) / count);
            m_sums[i] = 0;
        }
        m_rows = 0;
        return m_means.data();
    }

private:
    int m_width;
    int m_scale;
    int m_rows = 0;
    std::vector<quint64> m_sums;
    std::vector<quint16> m_means;
};

} // namespace

/// Tiles on their way, row after row of a rectangle of tiles.
class TilePyramid::TileSheet
{
public:
    TileSheet(int columns, int rows)
        : m_columns(columns)
    {
        tiles.resize(size_t(columns) * size_t(rows));
    }

    /// Cuts one row of pixels of the level into the tiles it belongs to.
    void setRow(int y, int width, const quint16* pixels)
    {
        const int side = PixelTile::sidePx;
        const auto* tileRow = &tiles[size_t(y / side) * size_t(m_columns)];
        for (int x = 0; x < width; x += side)
            tileRow[x / side]->setRow(0, y % side, std::min(side, width - x), pixels + x);
    }

    std::vector<std::shared_ptr<PixelTile>> tiles;

private:
    int m_columns;
};

TilePyramid::Tile TilePyramid::Batch::find(const PixelTileKey& key) const
{
    const auto found = std::find_if(tiles.begin(), tiles.end(),
                                    [&key](const auto& tile) { return tile.first == key; });
    return found == tiles.end() ? nullptr : found->second;
}

TilePyramid::TilePyramid(VolumeSize size, int bytesPerPixel, std::unique_ptr<SliceSource> source,
                         qint64 cacheBytes)
    : m_size(size)
    , m_bytesPerPixel(bytesPerPixel)
    , m_source(std::move(source))
    , m_block(m_source->preferredBlock())
    , m_cache(cacheBytes)
{
    m_block.width = std::clamp(m_block.width, 1, std::max(1, size.width));
    m_block.height = std::clamp(m_block.height, 1, std::max(1, size.height));
}

TilePyramid::Tile TilePyramid::tile(const PixelTileKey& key, Batch& batch)
{
    if (Tile tile = batch.find(key))
        return tile;
    if (Tile tile = m_cache.find(key))
        return tile;
    const Rect tiles = tilesMadeWith(key);
    const PixelTileKey first{key.z, key.level, tiles.x, tiles.y};
    beginMaking(first);
    // Another thread may have made it while this one waited.
    if (Tile tile = m_cache.find(key)) {
        endMaking(first);
        return tile;
    }
    try {
        batch = make(first, tiles);
    } catch (...) {
        endMaking(first);
        throw;
    }
    endMaking(first);
    return batch.find(key);
}

Rect TilePyramid::pixelsOfTile(int level, int column, int row) const
{
    const qint64 side = qint64(PixelTile::sidePx) << level;
    const int x = int(column * side);
    const int y = int(row * side);
    return {x, y, int(std::min<qint64>(side, m_size.width - x)),
            int(std::min<qint64>(side, m_size.height - y))};
}

/// The columns and rows of the tiles that the source's blocks around one tile give anyway: strips
/// as wide as the slice are then decoded once, not once a tile.
Rect TilePyramid::tilesMadeWith(const PixelTileKey& key) const
{
    const Rect wanted = pixelsOfTile(key.level, key.column, key.row);
    const int left = roundedDown(wanted.x, m_block.width);
    const int top = roundedDown(wanted.y, m_block.height);
    const int right = roundedUp(wanted.right(), m_block.width, m_size.width);
    const int bottom = roundedUp(wanted.bottom(), m_block.height, m_size.height);
    const qint64 side = qint64(PixelTile::sidePx) << key.level;
    const auto firstInside = [side](int edge) {
        return int((edge + side - 1) / side);
    };
    const auto endInside = [side](int edge, int limit) {
        return int(edge == limit ? (edge + side - 1) / side : edge / side);
    };
    Rect tiles{firstInside(left), firstInside(top), 0, 0};
    tiles.width = endInside(right, m_size.width) - tiles.x;
    tiles.height = endInside(bottom, m_size.height) - tiles.y;
    return tiles;
}

TilePyramid::Batch TilePyramid::make(const PixelTileKey& first, Rect tiles)
{
    const int scale = 1 << first.level;
    TileSheet sheet(tiles.width, tiles.height);
    std::vector<PixelTileKey> keys;
    for (int row = tiles.y; row < tiles.bottom(); ++row) {
        for (int column = tiles.x; column < tiles.right(); ++column) {
            const Rect pixels = pixelsOfTile(first.level, column, row);
            sheet.tiles[keys.size()] =
                std::make_shared<PixelTile>((pixels.width + scale - 1) / scale,
                                            (pixels.height + scale - 1) / scale, m_bytesPerPixel);
            keys.push_back({first.z, first.level, column, row});
        }
    }
    fill(sheet, first.z, first.level, tiles);
    Batch batch;
    for (size_t i = 0; i < keys.size(); ++i) {
        m_cache.insert(keys[i], sheet.tiles[i]);
        batch.tiles.emplace_back(keys[i], sheet.tiles[i]);
    }
    return batch;
}

void TilePyramid::fill(TileSheet& sheet, int z, int level, Rect tiles)
{
    const int scale = 1 << level;
    const Rect all = pixelsOfTile(level, tiles.x, tiles.y)
                         .united(pixelsOfTile(level, tiles.right() - 1, tiles.bottom() - 1));
    const int blocks =
        int(std::max<qint64>(1, pixelsAtOnce / (qint64(all.width) * m_block.height)));
    RowAverage average(all.width, scale);
    std::vector<quint16> pixels;
    for (int y = all.y; y < all.bottom();) {
        const qint64 wanted = roundedDown(y, m_block.height) + qint64(blocks) * m_block.height;
        const Rect rows{all.x, y, all.width, int(std::min<qint64>(wanted, all.bottom())) - y};
        pixels.resize(size_t(rows.pixelCount()));
        readRows(z, level, rows, pixels.data());
        for (; y < rows.bottom(); ++y) {
            const quint16* row = pixels.data() + size_t(y - rows.y) * size_t(all.width);
            if (level == 0) {
                sheet.setRow(y - all.y, all.width, row);
                continue;
            }
            average.add(row);
            if ((y + 1) % scale == 0 || y + 1 == m_size.height)
                sheet.setRow((y - all.y) / scale, average.width(), average.takeMeans());
        }
    }
}

void TilePyramid::readRows(int z, int level, Rect rows, quint16* out)
{
    if (level == 0 || !readCachedPixels(z, rows, out))
        m_source->read(z, rows, out);
}

bool TilePyramid::readCachedPixels(int z, Rect rect, quint16* out)
{
    const int side = PixelTile::sidePx;
    for (int row = rect.y / side; row * side < rect.bottom(); ++row) {
        for (int column = rect.x / side; column * side < rect.right(); ++column) {
            const Tile tile = m_cache.find({z, 0, column, row});
            if (!tile)
                return false;
            const Rect part = rect.intersected({column * side, row * side, side, side});
            for (int y = part.y; y < part.bottom(); ++y) {
                quint16* line = out + size_t(y - rect.y) * size_t(rect.width);
                tile->getRow(part.x % side, y % side, part.width, line + (part.x - rect.x));
            }
        }
    }
    return true;
}

void TilePyramid::beginMaking(const PixelTileKey& first)
{
    std::unique_lock lock(m_makingMutex);
    m_made.wait(lock, [this, &first] {
        return std::find(m_making.begin(), m_making.end(), first) == m_making.end();
    });
    m_making.push_back(first);
}

void TilePyramid::endMaking(const PixelTileKey& first)
{
    {
        const std::lock_guard lock(m_makingMutex);
        std::erase(m_making, first);
    }
    m_made.notify_all();
}

} // namespace emend
