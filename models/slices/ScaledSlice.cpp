// SPDX-License-Identifier: Apache-2.0
#include "models/slices/ScaledSlice.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

double scaleOfAxis(double pixelNm, const Checkpoint& checkpoint)
{
    const bool fits =
        pixelNm >= checkpoint.minimumPixelSizeNm && pixelNm <= checkpoint.maximumPixelSizeNm;
    return fits ? 1 : checkpoint.pixelSizeNm / pixelNm;
}

int scaledLength(int length, double scale)
{
    return std::max(1, int(std::lround(length / scale)));
}

/// The stack halves its slices itself, cheaper than we could; the last factor of 2 to 4 is ours,
/// as it need not be a whole number.
int readingScale(PixelScale scale)
{
    int reading = 1;
    while (std::min(scale.x, scale.y) >= 4.0 * reading)
        reading *= 2;
    return reading;
}

std::vector<int> mirroredAll(int first, int count, int length)
{
    std::vector<int> positions;
    for (int i = 0; i < count; ++i)
        positions.push_back(mirrored(first + i, length));
    return positions;
}

} // namespace

int mirrored(int position, int length)
{
    if (length == 1)
        return 0;
    const int period = 2 * (length - 1);
    const int within = ((position % period) + period) % period;
    return std::min(within, period - within);
}

PixelScale scaleFor(const VoxelSize& voxelSize, const Checkpoint& checkpoint)
{
    if (!voxelSize.isPlaneKnown())
        return {};
    return {scaleOfAxis(voxelSize.xNm, checkpoint), scaleOfAxis(voxelSize.yNm, checkpoint)};
}

ScaledSlice::ScaledSlice(const ImageStack& stack, int z, PixelScale scale)
    : m_stack(stack)
    , m_z(z)
    , m_scale(scale)
    , m_width(scaledLength(stack.size().width, scale.x))
    , m_height(scaledLength(stack.size().height, scale.y))
    , m_reading(readingScale(scale))
    , m_columns(double(stack.size().width) / m_reading, m_width)
    , m_rows(double(stack.size().height) / m_reading, m_height)
    , m_stackColumns(stack.size().width, m_width)
    , m_stackRows(stack.size().height, m_height)
    , m_backColumns(m_width, stack.size().width)
    , m_backRows(m_height, stack.size().height)
{
}

bool ScaledSlice::isUnchanged() const
{
    return m_width == m_stack.size().width && m_height == m_stack.size().height;
}

std::vector<float> ScaledSlice::read(Rect rect) const
{
    const auto [left, columns] = m_columns.inputSpan(rect.x, rect.width);
    const auto [top, rows] = m_rows.inputSpan(rect.y, rect.height);
    const Rect inStack = {left * m_reading, top * m_reading, columns * m_reading, rows * m_reading};
    const GreyImage grey = m_stack.read(m_z, inStack, m_reading);
    Q_ASSERT(grey.width == columns && grey.height == rows);
    if (isUnchanged())
        return {grey.pixels.begin(), grey.pixels.end()};
    return resampled(grey.pixels, {left, top, columns, rows}, rect, m_columns, m_rows);
}

std::vector<float> ScaledSlice::readMirrored(Rect rect) const
{
    const std::vector<int> columns = mirroredAll(rect.x, rect.width, m_width);
    const std::vector<int> rows = mirroredAll(rect.y, rect.height, m_height);
    const auto [left, right] = std::minmax_element(columns.begin(), columns.end());
    const auto [top, bottom] = std::minmax_element(rows.begin(), rows.end());
    const Rect inside = {*left, *top, *right - *left + 1, *bottom - *top + 1};
    const std::vector<float> grey = read(inside);
    if (inside == rect)
        return grey;

    std::vector<float> out;
    out.reserve(size_t(rect.pixelCount()));
    for (const int row : rows) {
        const float* from = grey.data() + size_t(row - inside.y) * size_t(inside.width);
        for (const int column : columns)
            out.push_back(from[column - inside.x]);
    }
    return out;
}

Rect ScaledSlice::needed(Rect stackRect) const
{
    const auto [left, columns] = m_backColumns.inputSpan(stackRect.x, stackRect.width);
    const auto [top, rows] = m_backRows.inputSpan(stackRect.y, stackRect.height);
    return {left, top, columns, rows};
}

std::vector<float> ScaledSlice::toStack(const std::vector<float>& plane, Rect planeRect,
                                        Rect stackRect) const
{
    if (planeRect == stackRect && isUnchanged())
        return plane;
    return resampled(plane, planeRect, stackRect, m_backColumns, m_backRows);
}

} // namespace emend
