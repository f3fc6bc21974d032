// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/TileMargin.h"

namespace emend {

namespace {

/// So much of the mirror image beyond the borders of a slice is enough; further off networks that
/// pad make up zeros.
constexpr int mirroredPx = 32;

} // namespace

ShownTile ShownTile::trimmed(int sliceWidth, int sliceHeight, int stride) const
{
    const int margin = roundedUp(mirroredPx, stride);
    const Rect frame{-margin, -margin, roundedUp(sliceWidth, stride) + 2 * margin,
                     roundedUp(sliceHeight, stride) + 2 * margin};
    const Rect seen = input.intersected(frame);
    const Rect answered = tile.intersected(frame);
    return {seen, answered, answered.x - seen.x, answered.y - seen.y};
}

TileMargin TileMargin::of(const UNetSpec& spec)
{
    const int halo = spec.haloPx();
    if (spec.padding == UNetSpec::Padding::same)
        return {2 * halo, halo, halo};

    // No padding, so nothing is made up at the borders but by 3 x 3 up-convolutions, whose first
    // row lacks a neighbour; that spoils less than one stride of the answer (at the other end where
    // the input is mirrored).
    const int crop =
        spec.upConvolution == UNetSpec::UpConvolution::threeByThree ? spec.stride() : 0;
    const int tilePx = 16 * spec.stride();
    int inputPx = tilePx;
    while (spec.outputSize(inputPx) < tilePx + 2 * crop)
        ++inputPx;
    const int border = (inputPx - spec.outputSize(inputPx)) / 2;
    return {inputPx - tilePx, border + crop, crop};
}

ShownTile TileMargin::shown(Rect tile) const
{
    const Rect input{tile.x - lead, tile.y - lead, tile.width + growth, tile.height + growth};
    return {input, tile, crop, crop};
}

} // namespace emend
