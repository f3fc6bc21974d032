// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Label.h"
#include "core/labels/Stored.h"

#include <array>
#include <cstddef>
#include <memory>

namespace emend {

/// 256 x 256 labels, row after row. Pixels past the slice's edge are untouched.
struct LabelTile
{
    static constexpr int sizePx = 256;

    std::array<Label, size_t(sizePx) * sizePx> labels;

    Label& at(int x, int y) { return labels[size_t(y) * sizePx + size_t(x)]; }

    Label at(int x, int y) const { return labels[size_t(y) * sizePx + size_t(x)]; }

    bool operator==(const LabelTile&) const = default;
};

/// Pixels of a tile that are predicted, corrected, ignored.
using StateCounts = std::array<int, 3>;

StateCounts countedStates(const LabelTile& tile);

/// A tile of labels that never changes, shared by volumes, edits and snapshots; in memory or, once
/// the project's file has it, in that file. Empty: untouched all over. Used from any thread.
class TileRef
{
public:
    TileRef() = default;

    TileRef(std::nullptr_t) {}

    /// Null: an empty reference. The tile is not written any more.
    TileRef(std::shared_ptr<const LabelTile> labels);

    TileRef(std::shared_ptr<Vault<LabelTile>> vault, qint64 id, StateCounts states);

    explicit operator bool() const { return m_tile != nullptr; }

    /// The same tile, not only one with the same labels.
    bool operator==(const TileRef& other) const { return m_tile == other.m_tile; }

    /// May wait for the disk. A damaged tile reads as untouched. Only where it is not empty.
    std::shared_ptr<const LabelTile> labels() const;

    /// What the project's file holds of it cannot be read.
    bool isDamaged() const;

    StateCounts states() const;

    /// Larger for tiles that came into the project's file later, largest for those that are not in
    /// one yet. 0 where it is empty.
    qint64 writeOrder() const;

    /// For the store, which moves tiles into its file. Only where it is not empty.
    Stored<LabelTile>& stored() const;

private:
    struct Tile;

    std::shared_ptr<Tile> m_tile;
};

} // namespace emend
