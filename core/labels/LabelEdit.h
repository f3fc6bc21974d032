// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"

#include <functional>
#include <vector>

namespace emend {

/// What one action of the user changed: tiles before and after.
///
/// The only way labels change, and all that undo needs. A value; tiles are shared, so that
/// copies cost nothing.
class LabelEdit
{
public:
    struct Change
    {
        TileKey key;
        TileRef before;
        TileRef after;

        bool operator==(const Change&) const = default;
    };

    LabelEdit() = default;

    /// Changes that change nothing (before is after) are left out.
    explicit LabelEdit(std::vector<Change> changes);

    /// The same tiles at the same places.
    bool operator==(const LabelEdit&) const = default;

    bool isEmpty() const { return m_changes.empty(); }

    const std::vector<Change>& changes() const { return m_changes; }

    void applyTo(LabelVolume& labels) const;
    LabelEdit inverted() const;

    /// Both edits as one; they touch different tiles.
    LabelEdit joinedWith(const LabelEdit& other) const;

    /// The slices that change, in rising order.
    std::vector<int> slices() const;

    /// The tiles of slice z that change, as one rectangle (may reach past the slice's edge).
    Rect changedRect(int z) const;

    /// Bytes of the tiles that undoing it needs, and redoing it.
    qint64 bytesBefore() const;
    qint64 bytesAfter() const;

    qint64 bytes() const { return bytesBefore() + bytesAfter(); }

private:
    std::vector<Change> m_changes;
};

/// A tile of one's own to write into, before it is handed out as a TileRef.
std::shared_ptr<LabelTile> mutableCopy(const TileRef& tile);

/// Builds an edit by a function on single labels: for each pixel of rect on slice z, label =
/// change(pixel, label). Tiles that do not change, or are damaged, are not part of the edit.
LabelEdit editLabels(const LabelVolume& labels, int z, Rect rect,
                     const std::function<Label(Pixel, Label)>& change);

/// The edit that confirms a slice: what is predicted becomes corrected.
LabelEdit confirmSlice(const LabelVolume& labels, int z);

/// The same for the pixels of rect.
LabelEdit confirmRect(const LabelVolume& labels, int z, Rect rect);

} // namespace emend
