// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/DoubtLayer.h"

#include <algorithm>
#include <utility>

namespace emend {

namespace {

constexpr quint32 amber = 0xe69f00;
constexpr quint32 fullWeight = 200; ///< of 256, where all classes are alike: grey shines through

/// One channel of the tint over the pixel's.
quint32 mixed(quint32 pixel, int shift, quint32 weight)
{
    const quint32 below = pixel >> shift & 255;
    const quint32 above = amber >> shift & 255;
    return (below * (256 - weight) + above * weight) >> 8 << shift;
}

} // namespace

void DoubtLayer::update(const Prediction& prediction, int z, const ScreenAxis& columns,
                        const ScreenAxis& rows)
{
    if (!std::exchange(m_isStale, false))
        return;
    m_firstColumn = columns.begin;
    m_firstRow = rows.begin;
    m_width = columns.length();
    m_doubts.clear();
    if (!prediction.contains(z) || columns.slicePixels.empty() || rows.slicePixels.empty())
        return;
    const int left = columns.slicePixels.front();
    const int width = columns.slicePixels.back() - left + 1;
    const auto stripOf = [](int y) {
        return y / LabelTile::sizePx;
    };
    // A strip of tiles at a time: a slice may be larger than memory.
    for (auto row = rows.slicePixels.begin(); row != rows.slicePixels.end();) {
        const auto next = std::find_if(row, rows.slicePixels.end(),
                                       [&](int y) { return stripOf(y) != stripOf(*row); });
        const int top = *row;
        const auto strip = prediction.uncertainty(z, {left, top, width, *(next - 1) - top + 1});
        if (strip.empty()) // damaged in the project's file
            return m_doubts.clear();
        for (; row != next; ++row)
            for (const int x : columns.slicePixels)
                m_doubts.push_back(strip[size_t(*row - top) * size_t(width) + size_t(x - left)]);
    }
}

void DoubtLayer::paint(int x, int y, const Label* labels, int count, quint32* pixels) const
{
    if (m_doubts.empty())
        return;
    const quint8* doubts = m_doubts.data() + qptrdiff(y - m_firstRow) * m_width + x - m_firstColumn;
    for (int i = 0; i < count; ++i) {
        const quint32 weight = labels[i].isFixed() ? 0 : doubts[i] * fullWeight / 255;
        if (weight > 0)
            pixels[i] = 0xff000000u | mixed(pixels[i], 16, weight) | mixed(pixels[i], 8, weight) |
                        mixed(pixels[i], 0, weight);
    }
}

} // namespace emend
