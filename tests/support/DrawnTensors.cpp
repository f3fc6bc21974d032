// SPDX-License-Identifier: Apache-2.0
#include "tests/support/DrawnTensors.h"

#include <ATen/ATen.h>

namespace emend {

at::Tensor drawn(const std::vector<int64_t>& shape, uint64_t seed)
{
    at::manual_seed(seed);
    const at::Tensor values = at::randn(shape, at::kFloat);
    return shape.size() == 4 ? values.contiguous(at::MemoryFormat::ChannelsLast) : values;
}

double relativeDifference(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes()
               ? ((a.to(at::kDouble) - b.to(at::kDouble)).norm() / b.to(at::kDouble).norm())
                     .item<double>()
               : 1;
}

} // namespace emend
