// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/TileRef.h"

#include <array>
#include <memory>
#include <vector>

namespace emend {

/// Which tile of which slice; column and row count tiles.
struct TileKey
{
    int z = 0;
    int column = 0;
    int row = 0;

    bool operator==(const TileKey&) const = default;
    auto operator<=>(const TileKey&) const = default;

    /// The tile's pixels in its slice; may reach past the slice's edge.
    Rect rect() const
    {
        return {column * LabelTile::sizePx, row * LabelTile::sizePx, LabelTile::sizePx,
                LabelTile::sizePx};
    }
};

/// The labels of a whole stack as tiles that are shared until they change.
///
/// Copying a volume copies a table of slices, not pixels: the copy *is* the snapshot that a job
/// works on, and no later change of the original reaches it. A value type; one thread at a time may
/// change an object, copies may be read anywhere.
class LabelVolume
{
public:
    LabelVolume() = default;
    explicit LabelVolume(VolumeSize size);

    VolumeSize size() const { return m_size; }

    int columns() const { return (m_size.width + LabelTile::sizePx - 1) / LabelTile::sizePx; }

    int rows() const { return (m_size.height + LabelTile::sizePx - 1) / LabelTile::sizePx; }

    /// Untouched outside of the volume.
    Label at(Pixel pixel, int z) const;

    /// rect (inside the slice) row after row into out, rect.width * rect.height labels.
    void read(int z, Rect rect, Label* out) const;

    bool contains(TileKey key) const;
    TileRef tile(TileKey key) const;
    void setTile(TileKey key, TileRef tile);

    /// The tiles that hold pixels of rect, touched or not, row after row.
    std::vector<TileKey> tilesIn(int z, Rect rect) const;

    /// Tiles of slice z that are not null, row after row.
    std::vector<TileKey> touchedTiles(int z) const;
    std::vector<TileKey> touchedTiles(int z, Rect rect) const;

    /// How many pixels of a slice are in each state (indexed by LabelState); they sum up to the
    /// pixels of the slice. Costs nothing: tiles are counted when they are set.
    std::array<qint64, 4> countStates(int z) const;

private:
    struct Row;   // tiles beside each other, in LabelVolume.cpp
    struct Slice; // rows below each other: changing a tile copies one row, not all of a big slice

    const TileRef& find(TileKey key) const;

    VolumeSize m_size;
    std::vector<std::shared_ptr<const Slice>> m_slices; ///< null = untouched
};

} // namespace emend
