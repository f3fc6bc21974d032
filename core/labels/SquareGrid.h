// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QtGlobal>

#include <span>
#include <vector>

namespace emend {

/// A number, 0 or more, for each square of 16 x 16 pixels of a slice. A value.
class SquareGrid
{
public:
    static constexpr int sidePx = 16;

    /// Nothing is known.
    SquareGrid() = default;

    /// 0 for all squares of a slice of so many pixels; those at its far edges may be cut.
    SquareGrid(int width, int height);

    bool isEmpty() const { return m_values.empty(); }

    int columns() const { return m_columns; }

    int rows() const { return m_rows; }

    float at(int column, int row) const { return m_values[indexOf(column, row)]; }

    /// To the square that the pixel lies in.
    void add(Pixel pixel, float value)
    {
        m_values[indexOf(pixel.x / sidePx, pixel.y / sidePx)] += value;
    }

    /// The values, row after row, 32-bit little-endian, and back; empty where the bytes are none of
    /// a slice of that size, or a value is below 0 or no number.
    std::vector<quint8> toBytes() const;
    static SquareGrid fromBytes(std::span<const quint8> bytes, int width, int height);

    bool operator==(const SquareGrid&) const = default;

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
