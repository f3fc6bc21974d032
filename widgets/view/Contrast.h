// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"

#include <QtGlobal>

#include <vector>

namespace emend {

/// Which grey values are shown black and which white. A value.
struct Contrast
{
    int black = 0;
    int white = 255;
    bool isInverted = false;

    bool operator==(const Contrast&) const = default;

    /// Cuts off the darkest and the brightest 0.35 % of the pixels. The values 0 and maximum are
    /// left out of the count: they are mostly the padding of aligned sections.
    static Contrast automatic(const GreyImage& image, int maximumGrey);

    /// What is shown (0..255) for each grey value 0..maximumGrey.
    std::vector<quint8> shades(int maximumGrey) const;
};

} // namespace emend
