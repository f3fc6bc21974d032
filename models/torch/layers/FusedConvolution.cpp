// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/FusedConvolution.h"

#include "models/torch/layers/CheckedMethod.h"
#include "models/torch/layers/OneDnnConvolution.h"
#include "models/torch/layers/UpConvolution.h"
#include "models/torch/winograd/WinogradConvolution.h"

#include <ATen/Context.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/cudnn_convolution_relu.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/relu.h>

namespace emend {

namespace {

at::Tensor joined(at::TensorList parts)
{
    return parts.size() == 1 ? parts.front() : at::cat(parts, 1);
}

class PlainMethod : public FusedConvolution::Method
{
public:
    explicit PlainMethod(const FusedConvolution::Layer& layer)
        : m_layer(layer)
    {
    }

    at::Tensor run(at::TensorList parts) const override
    {
        const at::Tensor x =
            at::conv2d(joined(parts), m_layer.weight, m_layer.bias, 1, m_layer.padding);
        return m_layer.isRelu ? x.relu_() : x;
    }

private:
    FusedConvolution::Layer m_layer;
};

/// On a card: bias and ReLU within cuDNN's convolution. LibTorch's own leaves them to two more
/// passes over the map.
class CudnnMethod : public FusedConvolution::Method
{
public:
    explicit CudnnMethod(const FusedConvolution::Layer& layer)
        : m_layer(layer)
    {
    }

    at::Tensor run(at::TensorList parts) const override
    {
        const int64_t padding = m_layer.padding;
        return at::cudnn_convolution_relu(joined(parts), m_layer.weight, m_layer.bias, {1, 1},
                                          {padding, padding}, {1, 1}, 1);
    }

private:
    FusedConvolution::Layer m_layer;
};

class OneDnnMethod : public FusedConvolution::Method
{
public:
    explicit OneDnnMethod(const FusedConvolution::Layer& layer)
        : m_convolution({.weight = layer.weight,
                         .bias = layer.bias,
                         .padding = {layer.padding, layer.padding},
                         .isRelu = layer.isRelu})
    {
    }

    at::Tensor run(at::TensorList parts) const override { return m_convolution.run(joined(parts)); }

private:
    OneDnnConvolution m_convolution;
};

class WinogradMethod : public FusedConvolution::Method
{
public:
    explicit WinogradMethod(const FusedConvolution::Layer& layer)
        : m_convolution(layer.weight, WinogradConvolution::Direction::forward, layer.isBf16)
        , m_options{layer.padding, layer.bias, layer.isRelu}
    {
    }

    at::Tensor run(at::TensorList parts) const override
    {
        return m_convolution.run(parts, m_options);
    }

    FusedConvolution::Pooled runAndPool(at::TensorList parts) const override
    {
        auto [answer, pooled] = m_convolution.runAndPool(parts, m_options);
        return {std::move(answer), std::move(pooled)};
    }

private:
    WinogradConvolution m_convolution;
    WinogradConvolution::Options m_options;
};

std::unique_ptr<FusedConvolution::Method> methodFor(const FusedConvolution::Layer& layer)
{
    if (WinogradConvolution::suits(layer.weight))
        return std::make_unique<WinogradMethod>(layer);
    if (OneDnnConvolution::canRun(layer.weight))
        return std::make_unique<OneDnnMethod>(layer);
    auto plain = std::make_unique<PlainMethod>(layer);
    const bool mayVary = !at::globalContext().deterministicCuDNN(); // the fused kernels do
    if (layer.weight.is_cuda() && layer.isRelu && mayVary)
        return std::make_unique<CheckedMethod>(std::make_unique<CudnnMethod>(layer),
                                               std::move(plain));
    return plain;
}

bool isThreeByThree(const at::Tensor& weight)
{
    return weight.size(2) == 3;
}

class PlainUpMethod : public FusedUpConvolution::Method
{
public:
    PlainUpMethod(const at::Tensor& weight, const at::Tensor& bias)
        : m_weight(weight)
        , m_bias(bias)
    {
    }

    at::Tensor run(const at::Tensor& coarse) const override
    {
        const at::Tensor x = at::conv_transpose2d(coarse, m_weight, m_bias, 2);
        if (!isThreeByThree(m_weight))
            return x;
        return at::relu(x.narrow(2, 0, 2 * coarse.size(2)).narrow(3, 0, 2 * coarse.size(3)));
    }

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
};

class ProductsUpMethod : public FusedUpConvolution::Method
{
public:
    ProductsUpMethod(const at::Tensor& weight, const at::Tensor& bias, bool isBf16)
        : m_convolution(weight, bias, isBf16)
    {
    }

    at::Tensor run(const at::Tensor& coarse) const override { return m_convolution.run(coarse); }

private:
    UpConvolution m_convolution;
};

class OneDnnUpMethod : public FusedUpConvolution::Method
{
public:
    OneDnnUpMethod(const at::Tensor& weight, const at::Tensor& bias)
        : m_convolution({.kind = OneDnnConvolution::Kind::transposed,
                         .weight = weight,
                         .bias = bias,
                         .stride = 2})
    {
    }

    at::Tensor run(const at::Tensor& coarse) const override { return m_convolution.run(coarse); }

private:
    OneDnnConvolution m_convolution;
};

/// A 3 x 3 transposed convolution of stride 2 gives four kinds of pixels: those of even rows
/// see two rows, those of odd rows one, and so with columns. Each kind is an ordinary convolution
/// of the coarse image with 2 x 2, 2 x 1, 1 x 2 or 1 x 1 weights, which processors are better at.
class PhasesUpMethod : public FusedUpConvolution::Method
{
public:
    PhasesUpMethod(const at::Tensor& weight, const at::Tensor& bias)
        : m_outputs(weight.size(1))
    {
        for (int oddRow = 0; oddRow < 2; ++oddRow) {
            for (int oddColumn = 0; oddColumn < 2; ++oddColumn)
                m_phases.emplace_back(OneDnnConvolution::Layer{
                    .weight = tapsOf(tapsOf(weight, 2, oddRow), 3, oddColumn)
                                  .transpose(0, 1)
                                  .contiguous(at::MemoryFormat::ChannelsLast),
                    .bias = bias,
                    .padding = {oddRow ? 0 : 1, oddColumn ? 0 : 1},
                    .isRelu = true});
        }
    }

    at::Tensor run(const at::Tensor& coarse) const override
    {
        const int64_t height = coarse.size(2);
        const int64_t width = coarse.size(3);
        const at::Tensor fine = at::empty({coarse.size(0), m_outputs, 2 * height, 2 * width},
                                          coarse.options(), at::MemoryFormat::ChannelsLast);
        for (int64_t phase = 0; phase < int64_t(m_phases.size()); ++phase) {
            // Padding on both sides brings a last row and column that nobody needs.
            const at::Tensor x =
                m_phases[size_t(phase)].run(coarse).narrow(2, 0, height).narrow(3, 0, width);
            fine.slice(2, phase / 2, std::nullopt, 2).slice(3, phase % 2, std::nullopt, 2).copy_(x);
        }
        return fine;
    }

private:
    /// Along one axis, in the order of the coarse pixels that they meet: the last, then the first
    /// for even rows, that in the middle for odd ones.
    static at::Tensor tapsOf(const at::Tensor& weight, int64_t axis, int odd)
    {
        return odd ? weight.narrow(axis, 1, 1) : weight.slice(axis, 0, 3, 2).flip({axis});
    }

    int64_t m_outputs;
    std::vector<OneDnnConvolution> m_phases; ///< [2 * is row odd + is column odd]
};

std::unique_ptr<FusedUpConvolution::Method> upMethodFor(const at::Tensor& weight,
                                                        const at::Tensor& bias, bool isBf16)
{
    if (UpConvolution::suits(weight))
        return std::make_unique<ProductsUpMethod>(weight, bias, isBf16);
    if (!OneDnnConvolution::canRun(weight))
        return std::make_unique<PlainUpMethod>(weight, bias);
    if (isThreeByThree(weight))
        return std::make_unique<PhasesUpMethod>(weight, bias);
    return std::make_unique<OneDnnUpMethod>(weight, bias);
}

} // namespace

FusedConvolution::Pooled FusedConvolution::Method::runAndPool(at::TensorList parts) const
{
    const at::Tensor answer = run(parts);
    return {answer, at::max_pool2d(answer, 2)};
}

FusedConvolution::FusedConvolution(const Layer& layer)
    : m_method(methodFor(layer))
{
}

FusedConvolution::~FusedConvolution() = default;
FusedConvolution::FusedConvolution(FusedConvolution&&) noexcept = default;
FusedConvolution& FusedConvolution::operator=(FusedConvolution&&) noexcept = default;

at::Tensor FusedConvolution::run(at::TensorList parts) const
{
    return m_method->run(parts);
}

FusedConvolution::Pooled FusedConvolution::runAndPool(at::TensorList parts) const
{
    return m_method->runAndPool(parts);
}

FusedUpConvolution::FusedUpConvolution(const at::Tensor& weight, const at::Tensor& bias,
                                       bool isBf16)
    : m_method(upMethodFor(weight, bias, isBf16))
{
}

FusedUpConvolution::~FusedUpConvolution() = default;
FusedUpConvolution::FusedUpConvolution(FusedUpConvolution&&) noexcept = default;
FusedUpConvolution& FusedUpConvolution::operator=(FusedUpConvolution&&) noexcept = default;

at::Tensor FusedUpConvolution::run(const at::Tensor& coarse) const
{
    return m_method->run(coarse);
}

} // namespace emend
