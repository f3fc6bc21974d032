// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cells/DisjointSets.h"

#include <queue>

#include <tuple>
#include <unordered_map>
#include <utility>

namespace emend {

/// Neighbouring regions that are merged, the two with the weakest border first. Border: what is
/// known of the pairs of pixels along a border; with += for two borders that become one, and their
/// number, pairs.
///
/// The strength of a border is asked for when the border comes to be, not again when one of the
/// regions beside it has grown elsewhere.
template <typename Border>
class RegionMerging
{
public:
    explicit RegionMerging(int regions)
        : m_sets(regions)
        , m_borders(size_t(regions))
    {
    }

    /// Between two different regions.
    void add(int a, int b, const Border& border)
    {
        m_borders[size_t(a)][b] += border;
        m_borders[size_t(b)][a] += border;
    }

    /// visit(a, b, border), each border once.
    template <typename Visit>
    void forEachBorder(Visit visit) const
    {
        for (int a = 0; a < m_sets.count(); ++a)
            for (const auto& [b, border] : m_borders[size_t(a)])
                if (a < b)
                    visit(a, b, border);
    }

    /// Until strength(a, b, border) of all borders is above the limit; joined(from, into, strength,
    /// pairs) is told of each merging before the strength of what comes of it is asked for.
    template <typename Strength, typename Joined>
    void mergeUpTo(double limit, Strength strength, Joined joined)
    {
        Queue queue;
        const auto push = [&](int a, int b, const Border& border) {
            queue.push({strength(a, b, border), border.pairs, std::min(a, b), std::max(a, b)});
        };
        forEachBorder(push);
        while (!queue.empty() && queue.top().strength <= limit) {
            const Candidate weakest = queue.top();
            queue.pop();
            if (!isStillTrue(weakest))
                continue;
            // The one with fewer neighbours becomes part of the other.
            const bool isFirstLarger =
                m_borders[size_t(weakest.a)].size() >= m_borders[size_t(weakest.b)].size();
            const int into = isFirstLarger ? weakest.a : weakest.b;
            const int from = isFirstLarger ? weakest.b : weakest.a;
            joined(from, into, weakest.strength, weakest.pairs);
            merge(from, into, push);
        }
    }

    DisjointSets::Numbers regions() { return m_sets.numbers(); }

    /// The regions that there are now, as they are called here: by one of their first ones.
    std::vector<int> names() const
    {
        std::vector<int> names;
        for (int i = 0; i < m_sets.count(); ++i)
            if (m_sets.isRoot(i))
                names.push_back(i);
        return names;
    }

private:
    struct Candidate
    {
        double strength;
        int pairs;
        int a;
        int b;

        bool operator<(const Candidate& other) const
        {
            return std::tie(strength, a, b) > std::tie(other.strength, other.a, other.b);
        }
    };

    using Queue = std::priority_queue<Candidate>; // some of them are no longer true

    bool isStillTrue(const Candidate& candidate) const
    {
        const auto& borders = m_borders[size_t(candidate.a)];
        const auto found = borders.find(candidate.b);
        return found != borders.end() && found->second.pairs == candidate.pairs;
    }

    template <typename Push>
    void merge(int from, int into, Push push)
    {
        m_sets.join(from, into);
        m_borders[size_t(into)].erase(from);
        for (const auto& [other, border] : std::exchange(m_borders[size_t(from)], {})) {
            if (other == into)
                continue;
            m_borders[size_t(other)].erase(from);
            add(into, other, border);
            push(into, other, m_borders[size_t(into)][other]);
        }
    }

    DisjointSets m_sets;
    std::vector<std::unordered_map<int, Border>> m_borders; ///< [region][other region]
};

} // namespace emend
