// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/memory/MemoryEstimate.h"

namespace emend {

/// The tiles that a slice is predicted in: how large without their margin, how many at a time.
struct TileChoice
{
    static constexpr int smallestTilePx = 64; ///< below it nearly all work goes into margins

    int tilePx = 0;
    int batch = 1;

    bool operator==(const TileChoice&) const = default;

    /// What there is to choose from.
    struct Limits
    {
        int growthPx = 0; ///< the network is shown the tile's side plus this
        int mostBatch = 1;
        qint64 comfortBytes = 0; ///< maps beyond it are not worth it, weights apart
        qint64 freeBytes = 0;    ///< what the device has; 0: not known
    };

    /// The largest tile in comfort (256 pixels even without, where there is memory), then as many
    /// as fit. Half of the free memory is left for what MemoryEstimate does not see.
    static TileChoice best(const UNetSpec& spec, Precision precision, const Limits& limits);

    /// As near to this one as a network can be shown at all: no tensor has 2^31 elements.
    TileChoice possible(const UNetSpec& spec, int growthPx) const;

    /// What a network needs for it.
    MemoryEstimate estimate(const UNetSpec& spec, Precision precision, int growthPx) const;
};

} // namespace emend
