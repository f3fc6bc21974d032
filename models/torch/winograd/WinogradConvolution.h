// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace emend {

/// A 3 x 3 convolution of float32 images on the CPU by Winograd's method: a quarter of the
/// arithmetic. The numbers differ from those of adding up directly by a few millionths of the
/// largest; multiplied in bf16 (and added up in float32) by about a hundredth. See
/// WinogradKernels.h.
///
/// Owns the transformed weights, four times as large as the weights. Threads: LibTorch's; run may
/// be called from several.
class WinogradConvolution
{
public:
    /// Whether the processor can, and the numbers of channels suit.
    static bool suits(const at::Tensor& weight);

    /// Backwards leads the gradient of the answer to that of the input: outputs and inputs change
    /// places, and each kernel is turned by half a turn.
    enum class Direction { forward, backward };

    /// weight: [outputs, inputs, 3, 3] float32 on the CPU, one that suits. isBf16: only where
    /// winograd::hasFastBf16.
    explicit WinogradConvolution(const at::Tensor& weight, Direction direction = Direction::forward,
                                 bool isBf16 = false);

    struct Options
    {
        int padding = 1; ///< backwards, 2 less that of the way forward
        at::Tensor bias; ///< [outputs]; undefined: none
        bool isRelu = false;
    };

    /// The channels of all parts, one part after the other, are the inputs: nothing need be
    /// concatenated. Parts are [n, channels, h, w], of one size; the answer is channels-last.
    at::Tensor run(at::TensorList parts, const Options& options) const;

    /// The answer in parts of so many channels each, together all of them: the gradients of what
    /// was not concatenated.
    std::vector<at::Tensor> runInParts(at::TensorList parts, const Options& options,
                                       at::IntArrayRef channels) const;

    struct Pooled
    {
        at::Tensor answer;
        at::Tensor pooled;
    };

    /// With the largest of each 2 x 2 pixels of the answer, as max_pool2d gives them.
    Pooled runAndPool(at::TensorList parts, const Options& options) const;

private:
    template <class Number>
    at::Tensor transformed(const at::Tensor& weight, Direction direction) const;

    void runTo(at::TensorList answers, const at::Tensor& pooled, at::TensorList parts,
               const Options& options) const;

    template <class Number>
    void runTo(at::TensorList answers, const at::Tensor& pooled, at::TensorList parts,
               const Options& options) const;

    int m_inputs;
    int m_outputs;
    bool m_isBf16;
    at::Tensor m_weights; ///< [36][outputs / channelStep][inputs][channelStep], pairs of inputs
};

} // namespace emend
