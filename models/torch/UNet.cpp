// SPDX-License-Identifier: Apache-2.0
#include "models/torch/UNet.h"

#include "models/torch/LayerMarks.h"
#include "models/torch/TensorBridge.h"
#include "models/torch/layers/TrainedConvolution.h"
#include "models/torch/layers/TrainedNorm.h"

#include <torch/nn/functional.h>
#include <torch/nn/init.h>
#include <torch/utils.h>

namespace emend {

namespace nn = torch::nn;

namespace {

nn::Conv2d convolution(const UNetSpec& spec, int in, int out)
{
    const int padding = spec.padding == UNetSpec::Padding::same ? 1 : 0;
    return nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(padding).bias(!spec.hasBatchNorm));
}

nn::ConvTranspose2d upConvolution(const UNetSpec& spec, int in, int out)
{
    const int kernel = spec.upConvolution == UNetSpec::UpConvolution::twoByTwo ? 2 : 3;
    return nn::ConvTranspose2d(nn::ConvTranspose2dOptions(in, out, kernel).stride(2));
}

std::string numbered(const char* name, int level)
{
    return name + std::to_string(level);
}

/// The middle of the skip connection, as large as the upsampled tensor.
torch::Tensor croppedLike(const torch::Tensor& skip, const torch::Tensor& up)
{
    const auto offset = (skip.size(2) - up.size(2)) / 2;
    if (offset == 0)
        return skip;
    return skip.narrow(2, offset, up.size(2)).narrow(3, offset, up.size(3));
}

torch::Tensor convolved(const nn::Conv2d& layer, const torch::Tensor& x,
                        const torch::Tensor& skip = {})
{
    const int padding = int(std::get<torch::ExpandingArray<2>>(layer->options.padding())->front());
    return trainedConvolution(x, skip, layer->weight, layer->bias, padding);
}

void drawWeights(nn::Module& module, UNetSpec::Initialiser initialiser)
{
    for (auto& parameter : module.named_parameters(false)) {
        torch::Tensor& values = parameter.value();
        if (values.dim() < 2)
            continue; // biases stay 0, BatchNorm stays 1 and 0
        if (initialiser == UNetSpec::Initialiser::heNormal)
            nn::init::kaiming_normal_(values, 0, torch::kFanIn, torch::kReLU);
        else
            nn::init::xavier_uniform_(values);
    }
}

void clearBiases(nn::Module& module)
{
    for (auto& parameter : module.named_parameters(false)) {
        if (parameter.key() == "bias")
            parameter.value().zero_();
    }
}

} // namespace

DoubleConvolutionImpl::DoubleConvolutionImpl(const UNetSpec& spec, int inputChannels,
                                             int outputChannels)
    : first(register_module("first", convolution(spec, inputChannels, outputChannels)))
    , second(register_module("second", convolution(spec, outputChannels, outputChannels)))
{
    if (spec.hasBatchNorm) {
        firstNorm = register_module("firstNorm", nn::BatchNorm2d(outputChannels));
        secondNorm = register_module("secondNorm", nn::BatchNorm2d(outputChannels));
    }
}

torch::Tensor DoubleConvolutionImpl::forward(torch::Tensor x, const torch::Tensor& skip)
{
    x = convolved(first, x, skip);
    x = firstNorm ? normAndRelu(firstNorm, x) : torch::relu_(x);
    x = convolved(second, x);
    return secondNorm ? normAndRelu(secondNorm, x) : torch::relu_(x);
}

UNetImpl::UNetImpl(const UNetSpec& spec)
    : m_spec(spec)
{
    int in = spec.inputChannels;
    for (int level = 0; level <= spec.depth; ++level) {
        const int out = spec.baseChannels << level;
        encoders.push_back(
            register_module(numbered("encoder", level), DoubleConvolution(spec, in, out)));
        in = out;
    }
    for (int level = 0; level < spec.depth; ++level) {
        const int out = spec.baseChannels << level;
        ups.push_back(register_module(numbered("up", level), upConvolution(spec, 2 * out, out)));
        decoders.push_back(
            register_module(numbered("decoder", level), DoubleConvolution(spec, 2 * out, out)));
    }
    head = register_module("head",
                           nn::Conv2d(nn::Conv2dOptions(spec.baseChannels, spec.classCount, 1)));
}

torch::Tensor UNetImpl::upsampled(int level, const torch::Tensor& coarse)
{
    const nn::ConvTranspose2d& layer = ups[size_t(level)];
    torch::Tensor up = trainedUpConvolution(coarse, layer->weight, layer->bias);
    if (m_spec.upConvolution == UNetSpec::UpConvolution::threeByThree) {
        // TensorFlow's "same" keeps rows 0 .. 2n-1 of the 2n+1 that a 3 x 3 kernel gives.
        up = up.narrow(2, 0, 2 * coarse.size(2)).narrow(3, 0, 2 * coarse.size(3));
        up = torch::relu(up);
    }
    return up;
}

torch::Tensor UNetImpl::forward(torch::Tensor x)
{
    std::vector<torch::Tensor> skips;
    for (int level = 0; level < m_spec.depth; ++level) {
        skips.push_back(encoders[size_t(level)](x));
        LayerMarks::pass("encoder", size_t(level), skips.back());
        x = torch::max_pool2d(skips.back(), 2);
    }
    x = encoders.back()(x);
    LayerMarks::pass("encoder", size_t(m_spec.depth), x);
    if (m_spec.dropout > 0)
        x = torch::dropout(x, m_spec.dropout, is_training());
    for (int level = m_spec.depth - 1; level >= 0; --level) {
        const torch::Tensor up = upsampled(level, x);
        LayerMarks::pass("up", size_t(level), up);
        x = decoders[size_t(level)]->forward(up, croppedLike(skips[size_t(level)], up));
        LayerMarks::pass("decoder", size_t(level), x);
    }
    x = convolved(head, x);
    LayerMarks::pass("head", x);
    return x;
}

void UNetImpl::initialise(quint64 seed)
{
    const torch::NoGradGuard noGrad;
    torch::manual_seed(seed);
    for (const auto& module : modules(false)) {
        drawWeights(*module, m_spec.initialiser);
        clearBiases(*module);
    }
}

void UNetImpl::initialiseHead(quint64 seed)
{
    const torch::NoGradGuard noGrad;
    torch::manual_seed(seed);
    drawWeights(*head, m_spec.initialiser);
    clearBiases(*head);
}

void UNetImpl::setWeights(const std::map<std::string, WeightTensor>& weights)
{
    const torch::NoGradGuard noGrad;
    for (auto& parameter : named_parameters())
        parameter.value().copy_(toTensor(weights.at(parameter.key())));
    for (auto& buffer : named_buffers()) {
        if (buffer.value().is_floating_point()) // num_batches_tracked is not used
            buffer.value().copy_(toTensor(weights.at(buffer.key())));
    }
}

std::map<std::string, WeightTensor> UNetImpl::weights() const
{
    std::map<std::string, WeightTensor> weights;
    for (const auto& parameter : named_parameters())
        weights[parameter.key()] = toWeights(parameter.value());
    for (const auto& buffer : named_buffers()) {
        if (buffer.value().is_floating_point())
            weights[buffer.key()] = toWeights(buffer.value());
    }
    return weights;
}

} // namespace emend
