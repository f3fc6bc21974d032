// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/view/SliceTransform.h"

#include <QtGlobal>

#include <array>
#include <vector>

namespace emend {

/// How the screen's columns (or rows) read from the columns (or rows) of an image of the slice
/// that was reduced by `scale`: the nearest pixel when magnified, the mean of what a screen pixel
/// covers when reduced. A value.
struct ScreenAxis
{
    /// Up to three neighbouring pixels of the reduced image; the weights sum up to 256.
    struct Span
    {
        int first = 0;
        int count = 1;
        std::array<quint32, 3> weights{256, 0, 0};
    };

    int begin = 0; ///< first screen position that shows the slice
    int end = 0;   ///< first screen position past it
    int levelBegin = 0;
    int levelEnd = 0;
    std::vector<Span> spans;      ///< for begin .. end-1; first counts from levelBegin
    std::vector<int> slicePixels; ///< the pixel of the slice under each screen position's middle
    std::vector<int> halfPixels;  ///< when reduced: those under its first and its second half

    int length() const { return end - begin; }

    bool isReduced() const { return !halfPixels.empty(); }

    /// The pixels of the slice for screen positions first .. last-1; those outside of the slice
    /// repeat the nearest one inside.
    std::vector<int> slicePixelsOf(int first, int last) const;
    std::vector<int> halfPixelsOf(int first, int last) const;

    static ScreenAxis columns(const SliceTransform& transform, int scale);
    static ScreenAxis rows(const SliceTransform& transform, int scale);

    /// 1 when magnified; else the largest power of two that a screen pixel covers.
    static int scaleFor(double zoom);
};

} // namespace emend
