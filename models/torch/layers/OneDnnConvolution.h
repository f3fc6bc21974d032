// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <vector>

namespace emend {

/// oneDNN's convolution with bias and ReLU in one operator. LibTorch registers it for its own
/// compiler and promises nothing about it, so that canRun has to be asked: where it says no, the
/// plain operators are right.
///
/// Owns the weights, and copies of them in the order that oneDNN likes best for an input of a
/// size; the last few sizes are kept. Compute thread only.
class OneDnnConvolution
{
public:
    enum class Kind { convolution, transposed };

    struct Layer
    {
        Kind kind = Kind::convolution;
        at::Tensor weight;
        at::Tensor bias;
        std::array<int64_t, 2> padding = {0, 0};
        int stride = 1;
        bool isRelu = false;
    };

    /// Whether this LibTorch and this processor have it for that device and type.
    static bool canRun(const at::Tensor& weight);

    explicit OneDnnConvolution(const Layer& layer);

    at::Tensor run(const at::Tensor& x) const;

private:
    struct Packed
    {
        std::vector<int64_t> inputSize;
        at::Tensor weight;
    };

    const at::Tensor& weightFor(const at::Tensor& x) const;
    at::Tensor packed(at::IntArrayRef inputSize) const;

    Layer m_layer;
    mutable std::vector<Packed> m_packed; ///< newest last
};

} // namespace emend
