// SPDX-License-Identifier: Apache-2.0
#include "models/MembraneClosing.h"

#include "models/GreyPlane.h"

#include <queue>

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

constexpr double strongest = 0.7; ///< borders up to that mean probability are none
constexpr double blurPx = 1;
constexpr int levels = 256;
constexpr int leastDepth = 5; ///< in levels, below the rim

/// Large slices are looked at area by area, with what is around: memory stays bounded.
constexpr int areaPx = 1024;
constexpr int aroundPx = 128;

/// Sets that are joined, by number; each has a root.
class Sets
{
public:
    int add()
    {
        m_parents.push_back(int(m_parents.size()));
        return m_parents.back();
    }

    int count() const { return int(m_parents.size()); }

    int rootOf(int i)
    {
        while (m_parents[size_t(i)] != i)
            i = m_parents[size_t(i)] = m_parents[size_t(m_parents[size_t(i)])];
        return i;
    }

    void join(int root, int into) { m_parents[size_t(root)] = into; }

private:
    std::vector<int> m_parents;
};

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

    /// The basin of each pixel.
    std::vector<int> basins()
    {
        std::vector<int> basins(m_basins.size());
        std::transform(m_basins.begin(), m_basins.end(), basins.begin(),
                       [this](int basin) { return m_sets.rootOf(basin); });
        return basins;
    }

    int count() const { return m_sets.count(); }

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
        if (basin != none)
            joinBasin(pixel, m_sets.rootOf(basin), level);
        else if (m_levels[size_t(neighbour)] == level)
            front.push_back(neighbour);
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
    Sets m_sets;
};

struct Border
{
    double sum = 0;
    int pairs = 0;

    double mean() const { return sum / pairs; }

    void operator+=(const Border& other)
    {
        sum += other.sum;
        pairs += other.pairs;
    }
};

/// Basins and the borders between them, merged where a border is weak.
class Neighbourhood
{
public:
    explicit Neighbourhood(int basins)
        : m_borders(size_t(basins))
    {
        for (int i = 0; i < basins; ++i)
            m_sets.add();
    }

    void add(int a, int b, const Border& border)
    {
        m_borders[size_t(a)][b] += border;
        m_borders[size_t(b)][a] += border;
    }

    void mergeWeak()
    {
        for (int a = 0; a < m_sets.count(); ++a)
            for (const auto& [b, border] : m_borders[size_t(a)])
                if (a < b)
                    m_queue.push({border.mean(), border.pairs, a, b});
        while (!m_queue.empty() && m_queue.top().mean <= strongest) {
            const Candidate weakest = m_queue.top();
            m_queue.pop();
            if (isStillTrue(weakest))
                merge(weakest.a, weakest.b);
        }
    }

    int rootOf(int basin) { return m_sets.rootOf(basin); }

private:
    struct Candidate
    {
        double mean;
        int pairs;
        int a;
        int b;

        bool operator<(const Candidate& other) const { return mean > other.mean; }
    };

    bool isStillTrue(const Candidate& candidate) const
    {
        const auto& borders = m_borders[size_t(candidate.a)];
        const auto found = borders.find(candidate.b);
        return found != borders.end() && found->second.pairs == candidate.pairs;
    }

    /// The one with fewer neighbours becomes part of the other.
    void merge(int a, int b)
    {
        if (m_borders[size_t(a)].size() < m_borders[size_t(b)].size())
            std::swap(a, b);
        m_sets.join(b, a);
        m_borders[size_t(a)].erase(b);
        for (const auto& [other, border] : std::exchange(m_borders[size_t(b)], {})) {
            if (other == a)
                continue;
            m_borders[size_t(other)].erase(b);
            add(a, other, border);
            const Border& joined = m_borders[size_t(a)][other];
            m_queue.push({joined.mean(), joined.pairs, a, other});
        }
    }

    Sets m_sets;
    std::vector<std::unordered_map<int, Border>> m_borders; ///< [basin][other basin]
    std::priority_queue<Candidate> m_queue;                 ///< some of them no longer true
};

/// visit(pixel, its right or lower neighbour) for all.
template <typename Visit>
void forPairs(int width, int height, Visit visit)
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const size_t pixel = size_t(y) * size_t(width) + size_t(x);
            if (x + 1 < width)
                visit(pixel, pixel + 1);
            if (y + 1 < height)
                visit(pixel, pixel + size_t(width));
        }
    }
}

/// Of membrane, before the model's threshold decided.
std::vector<float> asLearned(std::span<const float> decided, double weight)
{
    std::vector<float> learned(decided.size());
    std::transform(decided.begin(), decided.end(), learned.begin(),
                   [weight](float p) { return float(p / (p + weight * (1 - p))); });
    return learned;
}

/// closedMembranes() of a plane in one go.
std::vector<quint8> closedIn(const GreyPlane& membrane)
{
    const std::vector<float>& values = membrane.values;
    Watershed watershed(blurred(membrane, blurPx));
    std::vector<int> regions = watershed.basins();
    Neighbourhood neighbourhood(watershed.count());
    forPairs(membrane.width, membrane.height, [&](size_t a, size_t b) {
        if (regions[a] != regions[b])
            neighbourhood.add(regions[a], regions[b], {std::max(values[a], values[b]), 1});
    });
    neighbourhood.mergeWeak();
    for (int& region : regions)
        region = neighbourhood.rootOf(region);
    std::vector<quint8> isBorder(values.size());
    forPairs(membrane.width, membrane.height, [&](size_t a, size_t b) {
        if (regions[a] != regions[b])
            isBorder[values[a] >= values[b] ? a : b] = 1;
    });
    return isBorder;
}

} // namespace

std::vector<quint8> closedMembranes(std::span<const float> membrane, int width, int height)
{
    std::vector<quint8> isBorder(membrane.size());
    const Rect slice{0, 0, width, height};
    for (int y = 0; y < height; y += areaPx) {
        for (int x = 0; x < width; x += areaPx) {
            const Rect area = Rect{x, y, areaPx, areaPx}.intersected(slice);
            const Rect seen = area.grownBy(aroundPx).intersected(slice);
            GreyPlane plane(seen.width, seen.height);
            for (int row = 0; row < seen.height; ++row)
                std::copy_n(&membrane[size_t(seen.y + row) * size_t(width) + size_t(seen.x)],
                            seen.width, &plane.at(0, row));
            const std::vector<quint8> found = closedIn(plane);
            for (int row = area.y; row < area.bottom(); ++row)
                std::copy_n(
                    &found[size_t(row - seen.y) * size_t(seen.width) + size_t(area.x - seen.x)],
                    area.width, &isBorder[size_t(row) * size_t(width) + size_t(area.x)]);
        }
    }
    return isBorder;
}

void closeMembranes(ProbabilityMap& map, int membrane, double weight)
{
    constexpr float justEnough = 0.52F; // in 8 bits still more than all others together
    const std::span<float> plane = map.plane(membrane);
    const std::vector<quint8> isBorder =
        closedMembranes(asLearned(plane, weight), map.width, map.height);
    for (size_t i = 0; i < isBorder.size(); ++i) {
        if (isBorder[i] == 0 || plane[i] >= justEnough)
            continue;
        const float others = (1 - justEnough) / (1 - plane[i]);
        for (int c = 1; c <= map.classCount; ++c)
            map.plane(c)[i] = c == membrane ? justEnough : map.plane(c)[i] * others;
    }
}

} // namespace emend
