// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <vector>

namespace emend {

/// Pixels fromX .. toX (both included) of row y.
struct PixelRun
{
    int y = 0;
    int fromX = 0;
    int toX = 0;

    bool operator==(const PixelRun&) const = default;
};

using PixelRuns = std::vector<PixelRun>;

// The pixels of the shapes that tools paint and show. Only pixels inside of clip; the work grows
// with the part inside, so corners may lie far away. Runs may overlap.

/// Pixels whose centre is at most radiusPx from that of centre; radius 0 is one pixel.
PixelRuns diskRuns(Pixel centre, int radiusPx, Rect clip);

/// Pixels at most radiusPx from the straight line; radius 0 is a line without gaps.
PixelRuns lineRuns(Pixel from, Pixel to, int radiusPx, Rect clip);

/// The inside and the border of a closed polygon (even-odd rule).
PixelRuns polygonRuns(const std::vector<Pixel>& corners, Rect clip);

} // namespace emend
