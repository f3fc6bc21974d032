// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelEdit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace emend {

/// Fully labelled sections as neuropil looks: warped cells some 64 pixels wide, membranes of four
/// to five pixels between them. A few are drawn, on a torus; the others are these, shifted by so
/// much that no tile is like another.
class NeuriteLabels
{
public:
    static constexpr int sidePx = 4096;

    NeuriteLabels()
    {
        std::mt19937 random(1);
        for (std::vector<quint8>& classes : m_drawn)
            classes = drawn(random);
    }

    /// The edit that labels all of slice z, which is untouched and sidePx wide and high.
    LabelEdit edit(const LabelVolume& labels, int z) const
    {
        std::vector<LabelEdit::Change> changes;
        for (const TileKey key : labels.tilesIn(z, labels.size().sliceRect()))
            changes.push_back({key, labels.tile(key), tile(key)});
        return LabelEdit(std::move(changes));
    }

private:
    static constexpr int cellPx = 64;
    static constexpr int cells = sidePx / cellPx;
    static constexpr int around = sidePx - 1; // a mask: places past the edge come in again

    struct Point
    {
        float x = 0;
        float y = 0;
    };

    static std::vector<quint8> drawn(std::mt19937& random)
    {
        std::uniform_real_distribution<float> inCell(0, cellPx);
        std::vector<Point> seeds(size_t(cells) * cells);
        for (Point& seed : seeds)
            seed = {inCell(random), inCell(random)};
        std::vector<float> warp(sidePx);
        for (int i = 0; i < sidePx; ++i) {
            const float turn = float(i) * 6.2831853f / sidePx;
            warp[size_t(i)] = 14 * std::sin(23 * turn) + 5 * std::sin(91 * turn);
        }
        std::vector<quint8> classes(size_t(sidePx) * sidePx);
        for (int y = 0; y < sidePx; ++y)
            for (int x = 0; x < sidePx; ++x)
                classes[size_t(y) * sidePx + size_t(x)] = classAt(
                    seeds, {float(x) + warp[size_t(y)], float(y) + warp[size_t(x + y) & around]});
        return classes;
    }

    /// 1 (membrane) where the two nearest seeds are about as near, else 2 (inside).
    static quint8 classAt(const std::vector<Point>& seeds, Point at)
    {
        const int column = int(std::floor(at.x / cellPx));
        const int row = int(std::floor(at.y / cellPx));
        float nearest = 1e9f;
        float second = 1e9f;
        for (int r = row - 1; r <= row + 1; ++r) {
            for (int c = column - 1; c <= column + 1; ++c) {
                const Point& seed =
                    seeds[size_t(r & (cells - 1)) * cells + size_t(c & (cells - 1))];
                const float dx = float(c * cellPx) + seed.x - at.x;
                const float dy = float(r * cellPx) + seed.y - at.y;
                const float distance = dx * dx + dy * dy;
                second = std::min(second, std::max(nearest, distance));
                nearest = std::min(nearest, distance);
            }
        }
        return std::sqrt(second) - std::sqrt(nearest) < 8 ? 1 : 2;
    }

    std::shared_ptr<const LabelTile> tile(TileKey key) const
    {
        const std::vector<quint8>& classes = m_drawn[size_t(key.z) % m_drawn.size()];
        const LabelState state = key.z % 4 == 0 ? LabelState::corrected : LabelState::predicted;
        const auto tile = std::make_shared<LabelTile>();
        const Rect rect = key.rect();
        for (int y = 0; y < LabelTile::sizePx; ++y) {
            const size_t row = size_t((rect.y + y + key.z * 61) & around) * sidePx;
            for (int x = 0; x < LabelTile::sizePx; ++x)
                tile->at(x, y) =
                    Label(classes[row + size_t((rect.x + x + key.z * 37) & around)], state);
        }
        return tile;
    }

    std::array<std::vector<quint8>, 4> m_drawn;
};

} // namespace emend
