// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ScaledSlice.h"

#include <vector>

namespace emend {

/// The rule "slice-mean-std": each slice, at the model's scale, is brought to mean 0 and standard
/// deviation 1, and what lies further than 5 deviations from the mean is cut off there.
/// Training and prediction share it.
struct SliceNormalisation
{
    float mean = 0;
    float deviation = 1;

    /// Of all pixels; of evenly spread blocks, about a million pixels, where the slice is large.
    static SliceNormalisation of(const ScaledSlice& slice);

    void apply(std::vector<float>& grey) const;
};

} // namespace emend
