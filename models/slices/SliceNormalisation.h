// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"
#include "models/slices/ScaledSlice.h"

#include <vector>

namespace emend {

/// The rule "slice-mean-std": each slice, at the model's scale, is brought to mean 0 and standard
/// deviation 1, and what lies further than 5 deviations from the mean is cut off there. Stacks with
/// bright membranes (see MembranePolarity.h) are turned round, so that membranes are dark.
/// Training and prediction share it.
struct SliceNormalisation
{
    static constexpr float limit = 5; ///< in standard deviations

    float mean = 0;
    float deviation = 1; ///< negative: turns grey values round

    /// Of all pixels; of evenly spread blocks, about a million pixels, where the slice is large.
    static SliceNormalisation of(const ScaledSlice& slice, bool hasBrightMembranes = false);

    /// Of all values.
    static SliceNormalisation of(const GreyPlane& plane);

    void apply(std::vector<float>& grey) const;
};

} // namespace emend
