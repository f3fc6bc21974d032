// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <vector>

namespace emend {

/// What preparation and microscope do to a section: focus, places out of focus, pale or dark, wide
/// dark areas of little contrast, stain and exposure, slopes of brightness, grain. Values end up
/// between about 0 and 1.
void varyLook(GreyPlane& grey, Random& random);

/// Mean 0 and deviation 1 over all values, as sections come to the network.
std::vector<float> normalised(GreyPlane grey);

} // namespace emend
