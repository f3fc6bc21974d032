// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "models/UNetSpec.h"

namespace emend {

/// The least multiple that is not below value; value: 0 or more.
constexpr int roundedUp(int value, int multiple)
{
    return (value + multiple - 1) / multiple * multiple;
}

/// What a network is shown for a tile of a slice, and where in its answer the tile lies.
struct ShownTile
{
    Rect input;
    Rect tile;
    int cropX = 0;
    int cropY = 0;

    /// Without what lies far beyond a slice of that size, where the network would only be shown the
    /// slice's mirror image. All sides stay multiples of the stride if they were.
    ShownTile trimmed(int sliceWidth, int sliceHeight, int stride) const;
};

/// How much more than a tile the network must be shown so that the tile's answer is that of an
/// endless slice.
struct TileMargin
{
    int growth = 0; ///< the input is the tile's side plus this
    int lead = 0;   ///< the input begins that far before the tile
    int crop = 0;   ///< the tile begins that far inside the network's answer

    static TileMargin of(const UNetSpec& spec);

    ShownTile shown(Rect tile) const;
};

} // namespace emend
