// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <ATen/core/Tensor.h>

namespace emend {

/// Copies of weights between Emend's plain vectors and tensors; float32 on the CPU, row-major.
at::Tensor toTensor(const WeightTensor& weights);
WeightTensor toWeights(const at::Tensor& tensor);

} // namespace emend
