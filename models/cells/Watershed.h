// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace emend {

struct GreyPlane;

/// The basins of a landscape.
struct Basins
{
    std::vector<int> of; ///< each pixel's basin, counted from 0
    int count = 0;
};

/// A watershed (Vincent and Soille, IEEE Trans. Pattern Anal. Mach. Intell. 13:583, 1991) in 256
/// levels without lines between the basins; those that are less than 5 levels deep, from their
/// rim, are part of the deeper one beside. heights: 0..1. Any thread.
Basins basinsOf(const GreyPlane& heights);

} // namespace emend
