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

} // namespace

SliceNormalisation SliceNormalisation::of(const ScaledSlice& slice, bool hasBrightMembranes)
{
    double sum = 0;
    double sumOfSquares = 0;
    qint64 count = 0;
    for (const Rect rect : sampleRects(slice)) {
        for (const float grey : slice.read(rect)) {
            sum += grey;
            sumOfSquares += double(grey) * grey;
        }
        count += rect.pixelCount();
    }
    const double mean = sum / double(count);
    const double variance = std::max(0.0, sumOfSquares / double(count) - mean * mean);
    const double deviation = std::max(std::sqrt(variance), smallestDeviation);
    return {float(mean), float(hasBrightMembranes ? -deviation : deviation)};
}

void SliceNormalisation::apply(std::vector<float>& grey) const
{
    for (float& value : grey)
        value = std::clamp((value - mean) / deviation, -limit, limit);
}

} // namespace emend
