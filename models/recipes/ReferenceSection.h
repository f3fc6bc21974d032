// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/labels/LabelVolume.h"
#include "models/slices/GreyPlane.h"

#include <array>

namespace emend {

/// A section as the recipe of NVIDIA's "UNet Medical" (TensorFlow 2) shows it to the network:
/// grey values from -1 to 1, the whole slice brought to 388 x 388 pixels, a frame of zeros, which
/// are a middle grey, around it. A value.
struct ReferenceSection
{
    static constexpr int inputPx = 572;
    static constexpr int outputPx = 388; ///< what of it the network answers for
    static constexpr int framePx = (inputPx - outputPx) / 2;

    GreyPlane grey;
    std::array<GreyPlane, 2> classes; ///< 1 where a pixel is of the class; the frame is of class 1

    /// Throws Error when the stack cannot be read any more.
    static GreyPlane greyOf(const ImageStack& stack, int z);

    /// The labels must tell each pixel of the slice to be of class 1 or 2; throws Error else.
    static ReferenceSection of(const ImageStack& stack, const LabelVolume& labels, int z);

    /// What the network is to answer: 1 where the middle of a class is at least a half.
    std::array<GreyPlane, 2> targets() const;
};

/// Linear between pixel centres, without averaging when it shrinks: TensorFlow's resize.
GreyPlane halfPixelResized(const GreyPlane& plane, int width, int height);

} // namespace emend
