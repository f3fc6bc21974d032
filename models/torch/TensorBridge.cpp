// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TensorBridge.h"

#include <ATen/Functions.h>

#include <algorithm>

namespace emend {

at::Tensor toTensor(const WeightTensor& weights)
{
    const std::vector<int64_t> shape(weights.shape.begin(), weights.shape.end());
    at::Tensor tensor = at::empty(shape, at::kFloat);
    std::copy(weights.values.begin(), weights.values.end(), tensor.data_ptr<float>());
    return tensor;
}

WeightTensor toWeights(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    const float* first = plain.data_ptr<float>();
    return {{plain.sizes().begin(), plain.sizes().end()}, {first, first + plain.numel()}};
}

} // namespace emend
