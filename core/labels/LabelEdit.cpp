// SPDX-License-Identifier: Apache-2.0
#include "core/labels/LabelEdit.h"

#include <algorithm>

namespace emend {

namespace {

qint64 bytesOf(const TileRef& tile)
{
    return tile ? qint64(sizeof(LabelTile)) : 0;
}

/// The tile with the labels of part changed, or the same tile when nothing changes.
TileRef changedTile(const TileRef& before, TileKey key, Rect part,
                    const std::function<Label(Pixel, Label)>& change)
{
    const auto old = before ? before.labels() : nullptr;
    std::shared_ptr<LabelTile> after;
    const Rect whole = key.rect();
    for (int y = part.y; y < part.bottom(); ++y) {
        for (int x = part.x; x < part.right(); ++x) {
            const Label was = old ? old->at(x - whole.x, y - whole.y) : Label();
            const Label label = change({x, y}, was);
            if (label == was)
                continue;
            if (!after)
                after = mutableCopy(before);
            after->at(x - whole.x, y - whole.y) = label;
        }
    }
    return after ? TileRef(after) : before;
}

LabelEdit editTiles(const LabelVolume& labels, const std::vector<TileKey>& keys, Rect rect,
                    const std::function<Label(Pixel, Label)>& change)
{
    const Rect inside = rect.intersected(labels.size().sliceRect());
    std::vector<LabelEdit::Change> changes;
    for (const TileKey key : keys) {
        const TileRef before = labels.tile(key);
        if (before.isDamaged())
            continue;
        const Rect part = key.rect().intersected(inside);
        changes.push_back({key, before, changedTile(before, key, part, change)});
    }
    return LabelEdit(std::move(changes));
}

} // namespace

std::shared_ptr<LabelTile> mutableCopy(const TileRef& tile)
{
    return tile ? std::make_shared<LabelTile>(*tile.labels()) : std::make_shared<LabelTile>();
}

LabelEdit::LabelEdit(std::vector<Change> changes)
    : m_changes(std::move(changes))
{
    std::erase_if(m_changes, [](const Change& change) { return change.before == change.after; });
}

void LabelEdit::applyTo(LabelVolume& labels) const
{
    for (const Change& change : m_changes)
        labels.setTile(change.key, change.after);
}

LabelEdit LabelEdit::inverted() const
{
    LabelEdit inverse;
    inverse.m_changes.assign(m_changes.rbegin(), m_changes.rend());
    for (Change& change : inverse.m_changes)
        std::swap(change.before, change.after);
    return inverse;
}

LabelEdit LabelEdit::joinedWith(const LabelEdit& other) const
{
    std::vector<Change> changes = m_changes;
    changes.insert(changes.end(), other.m_changes.begin(), other.m_changes.end());
    return LabelEdit(std::move(changes));
}

std::vector<int> LabelEdit::slices() const
{
    std::vector<int> slices;
    for (const Change& change : m_changes)
        slices.push_back(change.key.z);
    std::sort(slices.begin(), slices.end());
    slices.erase(std::unique(slices.begin(), slices.end()), slices.end());
    return slices;
}

Rect LabelEdit::changedRect(int z) const
{
    Rect rect;
    for (const Change& change : m_changes)
        if (change.key.z == z)
            rect = rect.united(change.key.rect());
    return rect;
}

qint64 LabelEdit::bytesBefore() const
{
    qint64 bytes = 0;
    for (const Change& change : m_changes)
        bytes += bytesOf(change.before);
    return bytes;
}

qint64 LabelEdit::bytesAfter() const
{
    qint64 bytes = 0;
    for (const Change& change : m_changes)
        bytes += bytesOf(change.after);
    return bytes;
}

LabelEdit editLabels(const LabelVolume& labels, int z, Rect rect,
                     const std::function<Label(Pixel, Label)>& change)
{
    return editTiles(labels, labels.tilesIn(z, rect), rect, change);
}

LabelEdit confirmSlice(const LabelVolume& labels, int z)
{
    return confirmRect(labels, z, labels.size().sliceRect());
}

LabelEdit confirmRect(const LabelVolume& labels, int z, Rect rect)
{
    const auto confirmed = [](Pixel, Label label) {
        const bool isPredicted = label.state() == LabelState::predicted;
        return isPredicted ? Label(label.classIndex(), LabelState::corrected) : label;
    };
    return editTiles(labels, labels.touchedTiles(z, rect), rect, confirmed);
}

} // namespace emend
