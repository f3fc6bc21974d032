// SPDX-License-Identifier: Apache-2.0
#include "models/slices/SliceNormalisation.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr qint64 largestWholeSlice = 2048 * 2048;
constexpr int rowsAtATime = 256;
constexpr int blocksPerSide = 16;
constexpr int blockPx = 64;
constexpr double smallestDeviation = 1e-3; // an empty slice becomes 0, not noise

/// Slices that are read whole come in strips, the others in blocks spread evenly over them.
std::vector<Rect> sampleRects(const ScaledSlice& slice)
{
    std::vector<Rect> rects;
    if (slice.rect().pixelCount() <= largestWholeSlice) {
        for (int y = 0; y < slice.height(); y += rowsAtATime)
            rects.push_back({0, y, slice.width(), std::min(rowsAtATime, slice.height() - y)});
        return rects;
    }
    const auto position = [](int length, int i) {
        const qint64 room = std::max(0, length - blockPx);
        return int(room * i / (blocksPerSide - 1));
    };
    for (int row = 0; row < blocksPerSide; ++row) {
        for (int column = 0; column < blocksPerSide; ++column) {
            const Rect block = {position(slice.width(), column), position(slice.height(), row),
                                blockPx, blockPx};
            rects.push_back(block.intersected(slice.rect()));
        }
    }
    return rects;
}

class Sums
{
public:
    void add(const std::vector<float>& greys)
    {
        for (const float grey : greys) {
            m_sum += double(grey);
            m_sumOfSquares += double(grey) * double(grey);
        }
        m_count += double(greys.size());
    }

    SliceNormalisation normalisation() const
    {
        const double mean = m_sum / m_count;
        const double variance = std::max(0.0, m_sumOfSquares / m_count - mean * mean);
        return {float(mean), float(std::max(std::sqrt(variance), smallestDeviation))};
    }

private:
    double m_sum = 0;
    double m_sumOfSquares = 0;
    double m_count = 0;
};

} // namespace

SliceNormalisation SliceNormalisation::of(const ScaledSlice& slice, bool hasBrightMembranes)
{
    Sums sums;
    for (const Rect rect : sampleRects(slice))
        sums.add(slice.read(rect));
    SliceNormalisation normalisation = sums.normalisation();
    if (hasBrightMembranes)
        normalisation.deviation = -normalisation.deviation;
    return normalisation;
}

SliceNormalisation SliceNormalisation::of(const GreyPlane& plane)
{
    Sums sums;
    sums.add(plane.values);
    return sums.normalisation();
}

void SliceNormalisation::apply(std::vector<float>& grey) const
{
    for (float& value : grey)
        value = std::clamp((value - mean) / deviation, -limit, limit);
}

} // namespace emend
