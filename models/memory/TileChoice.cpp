// SPDX-License-Identifier: Apache-2.0
#include "models/memory/TileChoice.h"

#include <algorithm>
#include <limits>

namespace emend {

namespace {

constexpr int largestTilePx = 1024;
constexpr int usefulTilePx = 256; ///< worth more than comfort

} // namespace

MemoryEstimate TileChoice::estimate(const UNetSpec& spec, Precision precision, int growthPx) const
{
    return MemoryEstimate::ofInference(
        {spec, tilePx + growthPx, tilePx + growthPx, batch, precision});
}

TileChoice TileChoice::best(const UNetSpec& spec, Precision precision, const Limits& limits)
{
    const qint64 most =
        limits.freeBytes > 0 ? limits.freeBytes / 2 : std::numeric_limits<qint64>::max();
    const auto fits = [&](const TileChoice& choice) {
        const MemoryEstimate needed = choice.estimate(spec, precision, limits.growthPx);
        const bool isComfortable = needed.peakBytes - needed.weightBytes <= limits.comfortBytes;
        return needed.fits(most) && (isComfortable || choice.tilePx <= usefulTilePx);
    };
    const auto multiple = [&spec](int px) {
        return std::max(px / spec.stride(), 1) * spec.stride();
    };

    TileChoice choice{multiple(largestTilePx), 1};
    while (choice.tilePx > smallestTilePx && !fits(choice))
        choice.tilePx -= spec.stride();
    const MemoryEstimate one = choice.estimate(spec, precision, limits.growthPx);
    const qint64 room = std::min(limits.comfortBytes, most - one.weightBytes);
    const qint64 fitting = std::min(room / (one.peakBytes - one.weightBytes),
                                    MemoryEstimate::mostElements / one.largestElements);
    choice.batch = int(std::clamp<qint64>(fitting, 1, limits.mostBatch));
    return choice;
}

TileChoice TileChoice::possible(const UNetSpec& spec, int growthPx) const
{
    const auto elements = [&](const TileChoice& choice) {
        // The precision does not matter for the number of elements.
        return choice.estimate(spec, Precision::fp32, growthPx).largestElements;
    };
    TileChoice choice{tilePx, 1};
    while (choice.tilePx > spec.stride() && elements(choice) > MemoryEstimate::mostElements)
        choice.tilePx -= spec.stride();
    choice.batch =
        int(std::clamp<qint64>(MemoryEstimate::mostElements / elements(choice), 1, batch));
    return choice;
}

} // namespace emend
