// SPDX-License-Identifier: Apache-2.0
#include "models/torch/FoldedUNet.h"

#include "models/torch/TensorBridge.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softmax.h>

namespace emend {

namespace {

constexpr double batchNormEpsilon = 1e-5; // that of torch::nn::BatchNorm2d

at::Tensor named(const Checkpoint& checkpoint, const std::string& name)
{
    return toTensor(checkpoint.weights.at(name));
}

/// The middle of the skip connection, as large as the upsampled tensor.
at::Tensor croppedLike(const at::Tensor& skip, const at::Tensor& up)
{
    const auto offset = (skip.size(2) - up.size(2)) / 2;
    return offset == 0 ? skip : skip.narrow(2, offset, up.size(2)).narrow(3, offset, up.size(3));
}

} // namespace

FoldedUNet::FoldedUNet(const Checkpoint& checkpoint, at::Device device, at::ScalarType type)
    : m_spec(checkpoint.spec)
    , m_device(device)
    , m_type(type)
{
    for (int level = 0; level <= m_spec.depth; ++level)
        m_encoders.push_back(loadBlock(checkpoint, "encoder" + std::to_string(level)));
    for (int level = 0; level < m_spec.depth; ++level) {
        m_decoders.push_back(loadBlock(checkpoint, "decoder" + std::to_string(level)));
        m_ups.push_back(load(checkpoint, "up" + std::to_string(level)));
    }
    m_head = {named(checkpoint, "head.weight").to(device),
              named(checkpoint, "head.bias").to(device)};
}

FoldedUNet::Convolution FoldedUNet::load(const Checkpoint& checkpoint,
                                         const std::string& name) const
{
    at::Tensor weight = named(checkpoint, name + ".weight");
    const std::string norm = name + "Norm.";
    if (!checkpoint.weights.contains(norm + "running_var"))
        return prepared(weight, named(checkpoint, name + ".bias"));
    const at::Tensor deviation =
        named(checkpoint, norm + "running_var").add(batchNormEpsilon).sqrt();
    const at::Tensor scale = named(checkpoint, norm + "weight").div(deviation);
    const at::Tensor shift = named(checkpoint, norm + "running_mean").mul(scale);
    return prepared(weight.mul(scale.view({-1, 1, 1, 1})),
                    named(checkpoint, norm + "bias").sub(shift));
}

FoldedUNet::Convolution FoldedUNet::prepared(const at::Tensor& weight, const at::Tensor& bias) const
{
    return {weight.to(m_device, m_type).contiguous(at::MemoryFormat::ChannelsLast),
            bias.to(m_device, m_type)};
}

FoldedUNet::Block FoldedUNet::loadBlock(const Checkpoint& checkpoint, const std::string& name) const
{
    return {load(checkpoint, name + ".first"), load(checkpoint, name + ".second")};
}

at::Tensor FoldedUNet::run(const Block& block, at::Tensor x,
                           const std::function<void()>& betweenLayers) const
{
    const int64_t padding = m_spec.padding == UNetSpec::Padding::same ? 1 : 0;
    for (const Convolution& convolution : block) {
        betweenLayers();
        x = at::conv2d(x, convolution.weight, convolution.bias, 1, padding);
        x.relu_();
    }
    return x;
}

at::Tensor FoldedUNet::upsampled(const Convolution& up, const at::Tensor& coarse) const
{
    at::Tensor x = at::conv_transpose2d(coarse, up.weight, up.bias, 2);
    if (m_spec.upConvolution == UNetSpec::UpConvolution::threeByThree) {
        // As in training: TensorFlow's "same" leaves out the last row and column.
        x = x.narrow(2, 0, 2 * coarse.size(2)).narrow(3, 0, 2 * coarse.size(3));
        x = at::relu(x);
    }
    return x;
}

at::Tensor FoldedUNet::probabilities(const at::Tensor& input,
                                     const std::function<void()>& betweenLayers) const
{
    at::Tensor x = input.to(m_device, m_type).contiguous(at::MemoryFormat::ChannelsLast);
    std::vector<at::Tensor> skips;
    for (int level = 0; level < m_spec.depth; ++level) {
        skips.push_back(run(m_encoders[size_t(level)], x, betweenLayers));
        x = at::max_pool2d(skips.back(), 2);
    }
    x = run(m_encoders.back(), x, betweenLayers);
    for (size_t level = skips.size(); level-- > 0;) {
        betweenLayers();
        x = upsampled(m_ups[level], x);
        x = at::cat({x, croppedLike(skips[level], x)}, 1);
        skips.pop_back(); // the largest maps come last: give back what is done with
        x = run(m_decoders[level], x, betweenLayers);
    }
    // Probabilities near 0 and 1 need more digits than the 16-bit types have.
    x = at::conv2d(x.to(at::kFloat), m_head.weight, m_head.bias);
    return at::softmax(x, 1);
}

} // namespace emend
