// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// A 2 x 2 transposed convolution of stride 2 of float32 images on the CPU, and its gradients.
/// What coarse pixels answer does not overlap, so that a row of them by the weights of the upper
/// two taps is a row of the answer, and by those of the lower two the next: two products of
/// matrices, without a copy.
///
/// Owns the weights in the order that these want. The same numbers with any number of threads.
/// Threads: LibTorch's; run may be called from several.
class UpConvolution
{
public:
    /// Whether the processor can, and the kernel and the numbers of channels suit.
    static bool suits(const at::Tensor& weight);

    /// weight: [inputs, outputs, 2, 2] float32 on the CPU, one that suits; bias: [outputs]. isBf16:
    /// multiplied in bf16 and added up in float32, only where winograd::hasFastBf16.
    UpConvolution(const at::Tensor& weight, const at::Tensor& bias, bool isBf16 = false);

    /// coarse: [n, inputs, h, w]. Answers [n, outputs, 2 h, 2 w], channels-last.
    at::Tensor run(const at::Tensor& coarse) const;

    /// From that of the answer to that of coarse. Only the weights matter.
    static at::Tensor inputGradient(const at::Tensor& gradient, const at::Tensor& weight,
                                    bool isBf16 = false);

    /// From that of the answer, [inputs, outputs, 2, 2].
    static at::Tensor weightGradient(const at::Tensor& coarse, const at::Tensor& gradient);

private:
    at::Tensor m_weights; ///< [2 rows][2 outputs / channelStep][inputs][channelStep], as inBlocks
    at::Tensor m_bias;    ///< twice, once for each column
};

} // namespace emend
