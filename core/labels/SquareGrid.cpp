// SPDX-License-Identifier: Apache-2.0
#include "core/labels/SquareGrid.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace emend {

SquareGrid::SquareGrid(int width, int height)
    : m_columns((width + sidePx - 1) / sidePx)
    , m_rows((height + sidePx - 1) / sidePx)
    , m_values(size_t(m_columns) * size_t(m_rows))
{
}

std::vector<quint8> SquareGrid::toBytes() const
{
    std::vector<quint8> bytes(m_values.size() * sizeof(float));
    qToLittleEndian<float>(m_values.data(), qsizetype(m_values.size()), bytes.data());
    return bytes;
}

SquareGrid SquareGrid::fromBytes(std::span<const quint8> bytes, int width, int height)
{
    SquareGrid grid(width, height);
    if (bytes.size() != grid.m_values.size() * sizeof(float))
        return {};
    qFromLittleEndian<float>(bytes.data(), qsizetype(grid.m_values.size()), grid.m_values.data());
    const bool isSound = std::ranges::all_of(
        grid.m_values, [](float value) { return std::isfinite(value) && value >= 0; });
    return isSound ? grid : SquareGrid();
}

} // namespace emend
