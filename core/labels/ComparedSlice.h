// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"

namespace emend {

/// What two models say about one slice, as labels that look like predicted ones, and where they
/// differ. A value; no project knows of it.
struct ComparedSlice
{
    LabelVolume first;
    LabelVolume second;
    LabelVolume difference; ///< the second's label where the first has another class
    qint64 pixels = 0;
    qint64 differing = 0;

    /// Both predictions are of the same stack, have the same classes and hold slice z.
    static ComparedSlice of(const Prediction& first, const Prediction& second, int z);

    /// Of the slice's pixels, 0..1.
    double differingShare() const { return pixels == 0 ? 0 : double(differing) / double(pixels); }
};

} // namespace emend
