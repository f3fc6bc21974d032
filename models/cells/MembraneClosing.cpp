// SPDX-License-Identifier: Apache-2.0
#include "models/cells/MembraneClosing.h"

#include "core/image/Geometry.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace emend {

namespace {

constexpr int areaPx = 1024;
constexpr int aroundPx = 128;
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

} // namespace

void MembraneClosing::add(int z, const GreyPlane& membrane, double decidedShare)
{
    std::vector<CellPieces> pieces;
    for (const Area& area : areasOf(membrane.width, membrane.height))
        pieces.emplace_back(seenOf(membrane, area.seen));
    m_sections.insert_or_assign(z, Section{std::move(pieces), decidedShare});
}

void MembraneClosing::keepOnly(int first, int last)
{
    std::erase_if(m_sections, [=](const auto& section) {
        return section.first < first || section.first > last;
    });
}

MembraneBorders MembraneClosing::borders(int z, const GreyPlane& membrane) const
{
    std::vector<quint8> isBorder(membrane.values.size());
    SquareGrid stakes(membrane.width, membrane.height);
    const std::vector<Area> areas = areasOf(membrane.width, membrane.height);
    for (size_t i = 0; i < areas.size(); ++i) {
        std::vector<CellPieces::Beside> beside;
        for (const int other : {z - 1, z + 1})
            if (const auto found = m_sections.find(other); found != m_sections.end())
                beside.push_back({&found->second.areas.at(i), found->second.decidedShare});
        const auto& [rect, seen] = areas[i];
        const JudgedBorders found =
            m_sections.at(z).areas.at(i).borders(seenOf(membrane, seen), beside, m_pixelNm);
        for (int y = rect.y; y < rect.bottom(); ++y) {
            const size_t row = size_t(y - seen.y) * size_t(seen.width) - size_t(seen.x);
            for (int x = rect.x; x < rect.right(); ++x) {
                isBorder[size_t(y) * size_t(membrane.width) + size_t(x)] =
                    found.isBorder[row + size_t(x)];
                stakes.add({x, y}, found.stakes[row + size_t(x)]);
            }
        }
    }
    return {widened(isBorder, membrane, m_pixelNm), std::move(stakes)};
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
