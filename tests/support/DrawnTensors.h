// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace at {
class Tensor;
}

namespace emend {

/// Normally distributed float32 images with channels last, the same for the same seed.
at::Tensor drawn(const std::vector<int64_t>& shape, uint64_t seed);

/// The length of the difference by that of b; 1 where they differ in shape.
double relativeDifference(const at::Tensor& a, const at::Tensor& b);

} // namespace emend
