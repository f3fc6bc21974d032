// SPDX-License-Identifier: Apache-2.0
#include "core/labels/LabelVolume.h"

#include <algorithm>

namespace emend {

// Both are never written once they are shared. Counting when a tile comes in keeps countStates()
// free of work, whatever thread asks.
struct LabelVolume::Row
{
    std::vector<TileRef> tiles;
};

struct LabelVolume::Slice
{
    std::vector<std::shared_ptr<const Row>> rows; ///< null = untouched
    std::array<qint64, 3> states = {};
};

LabelVolume::LabelVolume(VolumeSize size)
    : m_size(size)
    , m_slices(size_t(size.slices))
{
}

bool LabelVolume::contains(TileKey key) const
{
    return key.z >= 0 && key.z < m_size.slices && key.column >= 0 && key.column < columns() &&
           key.row >= 0 && key.row < rows();
}

Label LabelVolume::at(Pixel pixel, int z) const
{
    if (z < 0 || z >= m_size.slices || !m_size.sliceRect().contains(pixel))
        return {};
    constexpr int size = LabelTile::sizePx;
    const TileRef& found = find({z, pixel.x / size, pixel.y / size});
    return found ? found.labels()->at(pixel.x % size, pixel.y % size) : Label();
}

void LabelVolume::read(int z, Rect rect, Label* out) const
{
    Q_ASSERT(rect.intersected(m_size.sliceRect()) == rect);
    std::fill_n(out, rect.pixelCount(), Label());
    for (const TileKey key : touchedTiles(z, rect)) {
        const Rect whole = key.rect();
        const Rect part = whole.intersected(rect);
        const auto tile = find(key).labels();
        for (int y = part.y; y < part.bottom(); ++y) {
            const Label* from =
                &tile->labels[size_t(y - whole.y) * LabelTile::sizePx + size_t(part.x - whole.x)];
            std::copy_n(from, part.width,
                        out + qint64(y - rect.y) * rect.width + (part.x - rect.x));
        }
    }
}

const TileRef& LabelVolume::find(TileKey key) const
{
    static const TileRef untouched;
    const auto& slice = m_slices[size_t(key.z)];
    if (!slice)
        return untouched;
    const auto& row = slice->rows[size_t(key.row)];
    return row ? row->tiles[size_t(key.column)] : untouched;
}

TileRef LabelVolume::tile(TileKey key) const
{
    Q_ASSERT(contains(key));
    return find(key);
}

void LabelVolume::setTile(TileKey key, TileRef tile)
{
    Q_ASSERT(contains(key));
    if (find(key) == tile)
        return;

    auto& sharedSlice = m_slices[size_t(key.z)];
    auto slice = sharedSlice ? std::make_shared<Slice>(*sharedSlice) : std::make_shared<Slice>();
    slice->rows.resize(size_t(rows()));

    auto& sharedRow = slice->rows[size_t(key.row)];
    auto row = sharedRow ? std::make_shared<Row>(*sharedRow) : std::make_shared<Row>();
    row->tiles.resize(size_t(columns()));

    TileRef& cell = row->tiles[size_t(key.column)];
    const StateCounts oldStates = cell.states();
    const StateCounts states = tile.states();
    for (size_t i = 0; i < states.size(); ++i)
        slice->states[i] += states[i] - oldStates[i];
    cell = std::move(tile);

    sharedRow = std::move(row);
    sharedSlice = std::move(slice);
}

std::vector<TileKey> LabelVolume::tilesIn(int z, Rect rect) const
{
    std::vector<TileKey> keys;
    const Rect inside = rect.intersected(m_size.sliceRect());
    if (inside.isEmpty() || z < 0 || z >= m_size.slices)
        return keys;
    constexpr int size = LabelTile::sizePx;
    for (int row = inside.y / size; row <= (inside.bottom() - 1) / size; ++row)
        for (int column = inside.x / size; column <= (inside.right() - 1) / size; ++column)
            keys.push_back({z, column, row});
    return keys;
}

std::vector<TileKey> LabelVolume::touchedTiles(int z) const
{
    return touchedTiles(z, m_size.sliceRect());
}

std::vector<TileKey> LabelVolume::touchedTiles(int z, Rect rect) const
{
    std::vector<TileKey> keys = tilesIn(z, rect);
    std::erase_if(keys, [this](TileKey key) { return !find(key); });
    return keys;
}

std::array<qint64, 4> LabelVolume::countStates(int z) const
{
    const qint64 pixels = m_size.pixelsPerSlice();
    if (z < 0 || z >= m_size.slices || !m_slices[size_t(z)])
        return {pixels, 0, 0, 0};
    const auto [predicted, corrected, ignored] = m_slices[size_t(z)]->states;
    return {pixels - predicted - corrected - ignored, predicted, corrected, ignored};
}

} // namespace emend
