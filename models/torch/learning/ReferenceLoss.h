// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// The loss of NVIDIA's "UNet Medical", in float32, in its two parts; each is one number.
struct ReferenceLoss
{
    at::Tensor crossEntropy; ///< mean over all pixels
    at::Tensor dice; ///< 1 - soft Dice, squared denominators: the mean of images, then classes

    at::Tensor total() const { return crossEntropy.add(dice); }

    /// logits and truth: [n, classes, h, w]; truth is 1 where a pixel is of the class, else 0.
    static ReferenceLoss of(const at::Tensor& logits, const at::Tensor& truth);
};

} // namespace emend
