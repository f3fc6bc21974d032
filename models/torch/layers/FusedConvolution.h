// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

namespace emend {

/// A convolution with its bias, and ReLU where wanted, in one go and as the device is fastest at
/// it: Winograd's method in FP32 on the CPU where the layer suits it, else oneDNN's fused operator
/// with weights in its own order, on graphics cards cuDNN's, and LibTorch's plain operators where
/// neither can (processors that oneDNN cannot compute bf16 on, and see CheckedMethod).
///
/// Owns the weights in that order. For prediction: under InferenceMode, on the compute thread.
class FusedConvolution
{
public:
    struct Layer
    {
        at::Tensor weight; ///< [outputs, inputs, h, w] on the device, in the type to compute in
        at::Tensor bias;   ///< [outputs] likewise
        int padding = 0;   ///< on every side where the kernel is wider than a pixel
        bool isRelu = true;
        bool isBf16 = false; ///< Winograd's products, see WinogradConvolution
    };

    explicit FusedConvolution(const Layer& layer);
    ~FusedConvolution();
    FusedConvolution(FusedConvolution&&) noexcept;
    FusedConvolution& operator=(FusedConvolution&&) noexcept;

    /// The channels of all parts, one part after the other, are the inputs. Parts are
    /// [n, channels, h, w], of one size; the answer is channels-last.
    at::Tensor run(at::TensorList parts) const;

    struct Pooled
    {
        at::Tensor answer;
        at::Tensor pooled; ///< the largest of each 2 x 2 pixels
    };

    Pooled runAndPool(at::TensorList parts) const;

    /// How one layer is computed.
    class Method
    {
    public:
        virtual ~Method() = default;
        virtual at::Tensor run(at::TensorList parts) const = 0;
        virtual Pooled runAndPool(at::TensorList parts) const;
    };

private:
    std::unique_ptr<Method> m_method;
};

/// A transposed convolution of stride 2 with its bias, that doubles width and height: with a
/// 2 x 2 kernel; or with a 3 x 3 kernel and ReLU, without the last row and column, as TensorFlow's
/// "same" has it. Otherwise as FusedConvolution.
class FusedUpConvolution
{
public:
    /// weight: [inputs, outputs, 2 or 3, likewise]. isBf16: the products of UpConvolution.
    FusedUpConvolution(const at::Tensor& weight, const at::Tensor& bias, bool isBf16 = false);
    ~FusedUpConvolution();
    FusedUpConvolution(FusedUpConvolution&&) noexcept;
    FusedUpConvolution& operator=(FusedUpConvolution&&) noexcept;

    at::Tensor run(const at::Tensor& coarse) const;

    /// How one layer is computed.
    class Method
    {
    public:
        virtual ~Method() = default;
        virtual at::Tensor run(const at::Tensor& coarse) const = 0;
    };

private:
    std::unique_ptr<Method> m_method;
};

} // namespace emend
