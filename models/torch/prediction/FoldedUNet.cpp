// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/FoldedUNet.h"

#include "models/torch/ChannelsLast.h"
#include "models/torch/LayerMarks.h"
#include "models/torch/TensorBridge.h"
#include "models/torch/TorchDevice.h"

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

FoldedUNet::FoldedUNet(const Checkpoint& checkpoint, at::Device device, Precision precision)
    : m_spec(checkpoint.spec)
    , m_device(device)
    , m_type(torchType(precision))
    , m_isMixed(precision == Precision::mixed)
{
    for (int level = 0; level <= m_spec.depth; ++level)
        m_encoders.push_back(loadBlock(checkpoint, "encoder" + std::to_string(level)));
    for (int level = 0; level < m_spec.depth; ++level) {
        m_decoders.push_back(loadBlock(checkpoint, "decoder" + std::to_string(level)));
        const Weights up = load(checkpoint, "up" + std::to_string(level));
        m_ups.emplace_back(up.weight, up.bias, m_isMixed);
    }
    m_head.emplace(
        FusedConvolution::Layer{.weight = channelsLast(named(checkpoint, "head.weight").to(device)),
                                .bias = named(checkpoint, "head.bias").to(device),
                                .isRelu = false});
}

FoldedUNet::Weights FoldedUNet::load(const Checkpoint& checkpoint, const std::string& name) const
{
    at::Tensor weight = named(checkpoint, name + ".weight");
    const std::string norm = name + "Norm.";
    if (!checkpoint.weights.contains(norm + "running_var"))
        return placed(weight, named(checkpoint, name + ".bias"));
    const at::Tensor deviation =
        named(checkpoint, norm + "running_var").add(batchNormEpsilon).sqrt();
    const at::Tensor scale = named(checkpoint, norm + "weight").div(deviation);
    const at::Tensor shift = named(checkpoint, norm + "running_mean").mul(scale);
    return placed(weight.mul(scale.view({-1, 1, 1, 1})),
                  named(checkpoint, norm + "bias").sub(shift));
}

FoldedUNet::Weights FoldedUNet::placed(const at::Tensor& weight, const at::Tensor& bias) const
{
    return {channelsLast(weight.to(m_device, m_type)), bias.to(m_device, m_type)};
}

FusedConvolution FoldedUNet::loadConvolution(const Checkpoint& checkpoint,
                                             const std::string& name) const
{
    const Weights weights = load(checkpoint, name);
    return FusedConvolution({.weight = weights.weight,
                             .bias = weights.bias,
                             .padding = m_spec.padding == UNetSpec::Padding::same ? 1 : 0,
                             .isBf16 = m_isMixed});
}

FoldedUNet::Block FoldedUNet::loadBlock(const Checkpoint& checkpoint, const std::string& name) const
{
    return {loadConvolution(checkpoint, name + ".first"),
            loadConvolution(checkpoint, name + ".second")};
}

at::Tensor FoldedUNet::features(const at::Tensor& input,
                                const std::function<void()>& betweenLayers) const
{
    at::Tensor x = channelsLast(input.to(m_device, m_type));
    const auto next = [&betweenLayers](const FusedConvolution& convolution, at::TensorList parts) {
        betweenLayers();
        return convolution.run(parts);
    };
    std::vector<at::Tensor> skips;
    for (size_t level = 0; level < m_decoders.size(); ++level) {
        x = next(m_encoders[level].first, x);
        betweenLayers();
        auto [skip, pooled] = m_encoders[level].second.runAndPool(x);
        LayerMarks::pass("encoder", level, skip);
        skips.push_back(std::move(skip));
        x = std::move(pooled);
    }
    x = next(m_encoders.back().first, x);
    x = next(m_encoders.back().second, x);
    LayerMarks::pass("encoder", m_decoders.size(), x);
    for (size_t level = m_decoders.size(); level-- > 0;) {
        betweenLayers();
        x = m_ups[level].run(x);
        LayerMarks::pass("up", level, x);
        x = next(m_decoders[level].first, {x, croppedLike(skips[level], x)});
        skips.pop_back(); // the largest maps come last: give back what is done with
        x = next(m_decoders[level].second, x);
        LayerMarks::pass("decoder", level, x);
    }
    return x;
}

at::Tensor FoldedUNet::probabilities(const at::Tensor& input,
                                     const std::function<void()>& betweenLayers) const
{
    // Probabilities near 0 and 1 need more digits than the 16-bit types have.
    const at::Tensor x = features(input, betweenLayers).to(at::kFloat);
    const at::Tensor logits = m_head->run(x);
    LayerMarks::pass("head", logits);
    return at::softmax(logits, 1);
}

} // namespace emend
