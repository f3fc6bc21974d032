// SPDX-License-Identifier: Apache-2.0
#include "models/cells/Watershed.h"

#include "models/cells/DisjointSets.h"
#include "models/slices/GreyPlane.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

namespace emend {

namespace {

constexpr int levels = 256;
constexpr int leastDepth = 5; ///< in levels, below the rim

/// Basins of a slice: from the lowest level on, pixels join the basin beside them.
class Watershed
{
public:
    explicit Watershed(const GreyPlane& heights)
        : m_width(heights.width)
        , m_levels(heights.values.size())
        , m_basins(heights.values.size(), none)
    {
        std::transform(heights.values.begin(), heights.values.end(), m_levels.begin(), [](float h) {
            return quint8(std::clamp(h * (levels - 1) + 0.5F, 0.0F, float(levels - 1)));
        });
        std::array<size_t, levels + 1> ends = {}; // of each level's pixels among the sorted ones
        const std::vector<int> sorted = sortedByLevel(ends);
        for (size_t level = 0; level < levels; ++level) {
            const size_t first = level == 0 ? 0 : ends[level - 1];
            flood({sorted.data() + first, ends[level] - first}, quint8(level));
        }
    }

    Basins basins()
    {
        const DisjointSets::Numbers numbers = m_sets.numbers();
        Basins basins{std::vector<int>(m_basins.size()), numbers.count};
        std::transform(m_basins.begin(), m_basins.end(), basins.of.begin(),
                       [&](int basin) { return numbers.of[size_t(basin)]; });
        return basins;
    }

private:
    static constexpr int none = -1;

    std::vector<int> sortedByLevel(std::array<size_t, levels + 1>& ends) const
    {
        for (const quint8 level : m_levels)
            ++ends[level + 1U];
        std::partial_sum(ends.begin(), ends.end(), ends.begin()); // so far of where levels begin
        std::vector<int> sorted(m_levels.size());
        for (size_t i = 0; i < m_levels.size(); ++i)
            sorted[ends[m_levels[i]]++] = int(i);
        return sorted;
    }

    template <typename Visit>
    void forNeighbours(int pixel, Visit visit) const
    {
        const int x = pixel % m_width;
        if (x > 0)
            visit(pixel - 1);
        if (x + 1 < m_width)
            visit(pixel + 1);
        if (pixel >= m_width)
            visit(pixel - m_width);
        if (pixel + m_width < int(m_levels.size()))
            visit(pixel + m_width);
    }

    bool touchesBasin(int pixel) const
    {
        bool touches = false;
        forNeighbours(pixel, [&](int other) { touches |= m_basins[size_t(other)] != none; });
        return touches;
    }

    void flood(std::span<const int> pixels, quint8 level)
    {
        std::vector<int> front;
        for (const int pixel : pixels)
            if (touchesBasin(pixel))
                front.push_back(pixel);
        spread(front, level);
        for (const int pixel : pixels) {
            if (m_basins[size_t(pixel)] != none)
                continue;
            m_basins[size_t(pixel)] = m_sets.add();
            m_deepest.push_back(level);
            front.clear();
            forNeighbours(pixel, [&](int other) { meet(pixel, other, level, front); });
            spread(front, level);
        }
    }

    /// In the order of their distance to what is flooded.
    void spread(std::vector<int>& front, quint8 level)
    {
        for (size_t i = 0; i < front.size(); ++i) { // it grows
            const int pixel = front[i];
            if (m_basins[size_t(pixel)] == none)
                forNeighbours(pixel, [&](int other) { meet(pixel, other, level, front); });
        }
    }

    /// The neighbour's basin takes the pixel, or is joined to the one that has it; where it is in
    /// none yet, it is to be flooded next.
    void meet(int pixel, int neighbour, quint8 level, std::vector<int>& front)
    {
        const int basin = m_basins[size_t(neighbour)];
        if (basin == none && m_levels[size_t(neighbour)] == level)
            front.push_back(neighbour);
        else if (basin != m_basins[size_t(pixel)] && basin != none)
            joinBasin(pixel, m_sets.rootOf(basin), level);
    }

    void joinBasin(int pixel, int theirs, quint8 level)
    {
        if (m_basins[size_t(pixel)] == none) {
            m_basins[size_t(pixel)] = theirs;
            return;
        }
        const int ours = m_sets.rootOf(m_basins[size_t(pixel)]);
        const bool isTheirsDeeper = m_deepest[size_t(theirs)] < m_deepest[size_t(ours)];
        const int shallow = isTheirsDeeper ? ours : theirs;
        if (ours != theirs && level - m_deepest[size_t(shallow)] < leastDepth)
            m_sets.join(shallow, isTheirsDeeper ? theirs : ours);
    }

    int m_width;
    std::vector<quint8> m_levels;
    std::vector<int> m_basins;
    std::vector<quint8> m_deepest; ///< level of each basin
    DisjointSets m_sets;
};

} // namespace

Basins basinsOf(const GreyPlane& heights)
{
    return Watershed(heights).basins();
}

} // namespace emend
