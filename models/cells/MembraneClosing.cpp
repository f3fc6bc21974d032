// SPDX-License-Identifier: Apache-2.0
#include "models/cells/MembraneClosing.h"

#include "core/image/Geometry.h"

#include <algorithm>

namespace emend {

namespace {

constexpr int areaPx = 1024;
constexpr int aroundPx = 128;

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

GreyPlane seenOf(std::span<const float> plane, int width, Rect seen)
{
    GreyPlane part(seen.width, seen.height);
    for (int row = 0; row < seen.height; ++row)
        std::copy_n(&plane[size_t(seen.y + row) * size_t(width) + size_t(seen.x)], seen.width,
                    &part.at(0, row));
    return part;
}

} // namespace

void MembraneClosing::add(int z, const ProbabilityMap& map)
{
    std::vector<CellPieces>& section = m_sections[z];
    section.clear();
    for (const Area& area : areasOf(map.width, map.height))
        section.emplace_back(seenOf(map.plane(m_membrane), map.width, area.seen));
}

void MembraneClosing::keepOnly(int first, int last)
{
    std::erase_if(m_sections, [=](const auto& section) {
        return section.first < first || section.first > last;
    });
}

std::vector<quint8> MembraneClosing::borders(int z, const ProbabilityMap& map) const
{
    std::vector<quint8> isBorder(size_t(map.width) * size_t(map.height));
    const std::vector<Area> areas = areasOf(map.width, map.height);
    for (size_t i = 0; i < areas.size(); ++i) {
        std::vector<const CellPieces*> beside;
        for (const int other : {z - 1, z + 1})
            if (const auto found = m_sections.find(other); found != m_sections.end())
                beside.push_back(&found->second.at(i));
        const auto& [rect, seen] = areas[i];
        const std::vector<quint8> found = m_sections.at(z).at(i).borders(
            seenOf(map.plane(m_membrane), map.width, seen), beside, m_pixelNm);
        for (int row = rect.y; row < rect.bottom(); ++row)
            std::copy_n(&found[size_t(row - seen.y) * size_t(seen.width) + size_t(rect.x - seen.x)],
                        rect.width, &isBorder[size_t(row) * size_t(map.width) + size_t(rect.x)]);
    }
    return isBorder;
}

void closeMembranes(ProbabilityMap& map, int membrane, std::span<const quint8> isBorder)
{
    constexpr float justEnough = 0.52F; // in 8 bits still more than all others together
    const std::span<float> plane = map.plane(membrane);
    for (size_t i = 0; i < isBorder.size(); ++i) {
        if (isBorder[i] == 0 || plane[i] >= justEnough)
            continue;
        const float others = (1 - justEnough) / (1 - plane[i]);
        for (int c = 1; c <= map.classCount; ++c)
            map.plane(c)[i] = c == membrane ? justEnough : map.plane(c)[i] * others;
    }
}

} // namespace emend
