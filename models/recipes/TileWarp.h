// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

namespace emend {

/// Where in a slice each pixel of a square tile comes from: the tile is bent, turned, and laid
/// somewhere, as the U-Net paper does it. A value.
struct TileWarp
{
    int sizePx = 0;
    double centreX = 0; ///< in the slice, of the tile's middle
    double centreY = 0;
    double cosine = 1; ///< of the angle that it is turned by
    double sine = 0;
    GreyPlane bendX; ///< pixels; empty: the tile is not bent
    GreyPlane bendY;

    /// Anywhere, but neither turned nor bent. answerPx: the tile's middle that is learned from; it
    /// lies on the slice where it fits, else around its middle.
    static TileWarp placed(Random& random, int sizePx, int answerPx, int width, int height);

    /// Turned by any angle, and bent by vectors on a grid of 3 x 3 points, Gaussian with a
    /// deviation of 10 pixels in x and y, with bicubic interpolation between them.
    static TileWarp drawn(Random& random, int sizePx, int answerPx, int width, int height);

    struct Place
    {
        double x = 0;
        double y = 0;
    };

    /// May lie beyond the slice.
    Place at(int x, int y) const;
};

} // namespace emend
