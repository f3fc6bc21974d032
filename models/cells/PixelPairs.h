// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace emend {

/// visit(pixel, its right or lower neighbour) for all.
template <typename Visit>
void forPairs(int width, int height, Visit visit)
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const size_t pixel = size_t(y) * size_t(width) + size_t(x);
            if (x + 1 < width)
                visit(pixel, pixel + 1);
            if (y + 1 < height)
                visit(pixel, pixel + size_t(width));
        }
    }
}

} // namespace emend
