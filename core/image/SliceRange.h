// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace emend {

/// Slices in rising order, each once, counted from 0.
class SliceRange
{
public:
    SliceRange() = default;
    explicit SliceRange(std::vector<int> slices);

    static SliceRange all(int sliceCount);
    static SliceRange single(int z);

    /// Reads "0-4,18". Throws Error where the text is no such list or names a slice that a
    /// stack of sliceCount slices does not have.
    static SliceRange parse(const QString& text, int sliceCount);

    bool contains(int z) const;

    bool isEmpty() const { return m_slices.empty(); }

    int count() const { return int(m_slices.size()); }

    int operator[](int i) const { return m_slices[size_t(i)]; }

    auto begin() const { return m_slices.begin(); }

    auto end() const { return m_slices.end(); }

    /// "0-4,18"
    QString toText() const;

private:
    std::vector<int> m_slices;
};

} // namespace emend
