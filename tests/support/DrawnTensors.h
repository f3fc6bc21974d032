// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

namespace emend {

/// Normally distributed float32 images with channels last, the same for the same seed.
inline at::Tensor drawn(at::IntArrayRef shape, uint64_t seed)
{
    at::manual_seed(seed);
    const at::Tensor values = at::randn(shape, at::kFloat);
    return shape.size() == 4 ? values.contiguous(at::MemoryFormat::ChannelsLast) : values;
}

/// The length of the difference by that of b; 1 where they differ in shape.
inline double relativeDifference(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes()
               ? ((a.to(at::kDouble) - b.to(at::kDouble)).norm() / b.to(at::kDouble).norm())
                     .item<double>()
               : 1;
}

} // namespace emend
