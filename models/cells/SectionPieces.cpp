// SPDX-License-Identifier: Apache-2.0
#include "models/cells/SectionPieces.h"

#include "core/jobs/SideBySide.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace emend {

namespace {

constexpr int areaPx = 1024;
constexpr int aroundPx = 128;
constexpr int mostAtOnce = 8; ///< areas
constexpr qint64 workBytesOfPixel = 30;
constexpr double halfWidthNm = 8; ///< a closed gap reaches so far from its line at most

/// A part of a section and what is looked at for it.
struct Area
{
    Rect rect;
    Rect seen; ///< and around it
};

std::vector<Area> areasOf(int width, int height)
{
    std::vector<Area> areas;
    const Rect slice{0, 0, width, height};
    for (int y = 0; y < height; y += areaPx) {
        for (int x = 0; x < width; x += areaPx) {
            const Rect rect = Rect{x, y, areaPx, areaPx}.intersected(slice);
            areas.push_back({rect, rect.grownBy(aroundPx).intersected(slice)});
        }
    }
    return areas;
}

GreyPlane seenOf(const GreyPlane& plane, Rect seen)
{
    GreyPlane part(seen.width, seen.height);
    for (int row = 0; row < seen.height; ++row)
        std::copy_n(&plane.values[size_t(seen.y + row) * size_t(plane.width) + size_t(seen.x)],
                    seen.width, &part.at(0, row));
    return part;
}

/// Borders one pixel wide become as wide as the membrane is, where it is too faint to win anyway.
std::vector<quint8> widened(const std::vector<quint8>& isBorder, const GreyPlane& membrane,
                            double pixelNm)
{
    constexpr float wins = 0.5F;
    const int reach = int(std::lround(halfWidthNm / pixelNm));
    const Rect slice{0, 0, membrane.width, membrane.height};
    std::vector<quint8> isWide = isBorder;
    for (size_t i = 0; i < isBorder.size(); ++i) {
        const float line = membrane.values[i];
        if (isBorder[i] == 0 || line >= wins)
            continue;
        const int x = int(i % size_t(membrane.width));
        const int y = int(i / size_t(membrane.width));
        const Rect around = Rect{x, y, 1, 1}.grownBy(reach).intersected(slice);
        for (int row = around.y; row < around.bottom(); ++row)
            for (int column = around.x; column < around.right(); ++column)
                if (membrane.at(column, row) >= line / 2)
                    isWide[size_t(row) * size_t(membrane.width) + size_t(column)] = 1;
    }
    return isWide;
}

/// What was found in an area goes to its place in the section.
void put(const JudgedBorders& found, const Area& area, int width, std::vector<quint8>& isBorder,
         SquareGrid& stakes)
{
    static_assert(areaPx % SquareGrid::sidePx == 0, "no two areas write to the same square");
    const auto& [rect, seen] = area;
    for (int y = rect.y; y < rect.bottom(); ++y) {
        const size_t row = size_t(y - seen.y) * size_t(seen.width) - size_t(seen.x);
        for (int x = rect.x; x < rect.right(); ++x) {
            isBorder[size_t(y) * size_t(width) + size_t(x)] = found.isBorder[row + size_t(x)];
            stakes.add({x, y}, found.stakes[row + size_t(x)]);
        }
    }
}

} // namespace

SectionPieces::SectionPieces(const GreyPlane& membrane, double decidedShare)
    : m_decidedShare(decidedShare)
{
    const std::vector<Area> areas = areasOf(membrane.width, membrane.height);
    std::vector<std::optional<CellPieces>> pieces(areas.size());
    sideBySide(int(areas.size()), mostAtOnce,
               [&](int i) { pieces[size_t(i)].emplace(seenOf(membrane, areas[size_t(i)].seen)); });
    for (std::optional<CellPieces>& ofArea : pieces)
        m_areas.push_back(std::move(*ofArea));
}

qint64 SectionPieces::workBytes(VolumeSize size, int cores)
{
    constexpr qint64 seenPx = areaPx + 2 * aroundPx;
    const qint64 areas = std::min(cores, mostAtOnce);
    return workBytesOfPixel * std::min(size.pixelsPerSlice(), areas * seenPx * seenPx);
}

MembraneBorders SectionPieces::borders(const GreyPlane& membrane,
                                       std::span<const SectionPieces* const> beside,
                                       double pixelNm) const
{
    std::vector<quint8> isBorder(membrane.values.size());
    SquareGrid stakes(membrane.width, membrane.height);
    const std::vector<Area> areas = areasOf(membrane.width, membrane.height);
    sideBySide(int(areas.size()), mostAtOnce, [&](int i) {
        std::vector<CellPieces::Beside> besideArea;
        for (const SectionPieces* other : beside)
            besideArea.push_back({&other->m_areas.at(size_t(i)), other->m_decidedShare});
        const Area& area = areas[size_t(i)];
        const JudgedBorders found =
            m_areas.at(size_t(i)).borders(seenOf(membrane, area.seen), besideArea, pixelNm);
        put(found, area, membrane.width, isBorder, stakes);
    });
    return {widened(isBorder, membrane, pixelNm), std::move(stakes)};
}

void closeMembranes(ProbabilityMap& map, int membrane, const MembraneBorders& borders)
{
    constexpr float justEnough = 0.52F; // in 8 bits still more than all others together
    const std::span<float> plane = map.plane(membrane);
    for (size_t i = 0; i < borders.isBorder.size(); ++i) {
        if (borders.isBorder[i] == 0 || plane[i] >= justEnough)
            continue;
        const float others = (1 - justEnough) / (1 - plane[i]);
        for (int c = 1; c <= map.classCount; ++c)
            map.plane(c)[i] = c == membrane ? justEnough : map.plane(c)[i] * others;
    }
    map.stakes = borders.stakes;
}

} // namespace emend
