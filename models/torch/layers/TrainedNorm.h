// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/nn/modules/batchnorm.h>

namespace emend {

/// BatchNorm and ReLU after it, that gradients flow back through: on the CPU in float32 both in one
/// go, which reads and writes the images once where the two would thrice; else as LibTorch does
/// them. Running statistics are kept as torch::nn::BatchNorm2d keeps them.
///
/// x: [n, channels, h, w], not needed any more by the caller. Any thread.
at::Tensor normAndRelu(torch::nn::BatchNorm2d& norm, const at::Tensor& x);

} // namespace emend
