// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// The gradient of the weights of a 3 x 3 convolution, by Winograd's method: see
/// WinogradKernels.h. For weights that WinogradConvolution suits; float32 on the CPU.
///
/// parts: what was convolved, [n, channels, h, w] of one size, together the inputs; gradient: that
/// of the answer, [n, outputs, h - 2 + 2 padding, w - 2 + 2 padding]. Answers [outputs, inputs, 3,
/// 3], channels-last. The same numbers with any number of threads. isBf16: multiplied in bf16, see
/// WinogradConvolution. Threads: LibTorch's.
at::Tensor winogradWeightGradient(at::TensorList parts, const at::Tensor& gradient, int padding,
                                  bool isBf16 = false);

} // namespace emend
