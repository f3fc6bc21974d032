// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// A convolution of stride 1 that gradients flow back through, as the device is fastest at it:
/// float32 on the CPU by Winograd's method where that suits and maps are not too small for it,
/// forwards, to the input and to the weights; with a 1 x 1 kernel as a product of matrices; else as
/// LibTorch does it. Under autocast, in autocast's type.
///
/// The channels of x and, where defined, those of skip are the inputs: [n, channels, h, w] each.
/// weight: [outputs, inputs, side, side]; bias: [outputs] or undefined; padding on every side, less
/// than side. Any thread.
at::Tensor trainedConvolution(const at::Tensor& x, const at::Tensor& skip, const at::Tensor& weight,
                              const at::Tensor& bias, int padding);

/// A transposed convolution of stride 2, likewise: see UpConvolution.
///
/// x: [n, inputs, h, w]; weight: [inputs, outputs, side, side]; bias: [outputs].
at::Tensor trainedUpConvolution(const at::Tensor& x, const at::Tensor& weight,
                                const at::Tensor& bias);

} // namespace emend
