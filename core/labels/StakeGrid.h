// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QtGlobal>

#include <span>
#include <vector>

namespace emend {

/// What hangs on the borders between cells in a slice, in squares of 16 x 16 pixels: about how many
/// pixels would be in a wrong cell where a border was judged wrongly, times how likely that is. A
/// value.
class StakeGrid
{
public:
    static constexpr int sidePx = 16;

    /// Nothing is known.
    StakeGrid() = default;

    /// Nothing hangs on any border, in a slice of so many pixels.
    StakeGrid(int width, int height);

    bool isEmpty() const { return m_values.empty(); }

    int columns() const { return m_columns; }

    int rows() const { return m_rows; }

    float at(int column, int row) const { return m_values[indexOf(column, row)]; }

    /// To the square that the pixel lies in.
    void add(Pixel pixel, float stake)
    {
        m_values[indexOf(pixel.x / sidePx, pixel.y / sidePx)] += stake;
    }

    /// The values, row after row, 32-bit little-endian, and back; empty where the bytes are none of
    /// a slice of that size, or hold what is no stake.
    std::vector<quint8> toBytes() const;
    static StakeGrid fromBytes(std::span<const quint8> bytes, int width, int height);

    bool operator==(const StakeGrid&) const = default;

private:
    size_t indexOf(int column, int row) const
    {
        return size_t(row) * size_t(m_columns) + size_t(column);
    }

    int m_columns = 0;
    int m_rows = 0;
    std::vector<float> m_values;
};

} // namespace emend
