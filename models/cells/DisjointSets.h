// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace emend {

/// Sets that are joined, by number; each has a root.
class DisjointSets
{
public:
    explicit DisjointSets(int count = 0)
    {
        for (int i = 0; i < count; ++i)
            add();
    }

    /// A set of its own.
    int add()
    {
        m_parents.push_back(count());
        return m_parents.back();
    }

    int count() const { return int(m_parents.size()); }

    bool isRoot(int i) const { return m_parents[size_t(i)] == i; }

    int rootOf(int i)
    {
        while (m_parents[size_t(i)] != i)
            i = m_parents[size_t(i)] = m_parents[size_t(m_parents[size_t(i)])];
        return i;
    }

    /// Both are roots.
    void join(int root, int into) { m_parents[size_t(root)] = into; }

    struct Numbers
    {
        std::vector<int> of; ///< each member's set, counted from 0
        int count = 0;
    };

    /// The sets that there are now, in the order of their first members.
    Numbers numbers()
    {
        Numbers numbers{std::vector<int>(m_parents.size(), -1)};
        for (int i = 0; i < count(); ++i) {
            int& ofRoot = numbers.of[size_t(rootOf(i))];
            if (ofRoot < 0)
                ofRoot = numbers.count++;
            numbers.of[size_t(i)] = ofRoot;
        }
        return numbers;
    }

private:
    std::vector<int> m_parents;
};

} // namespace emend
