// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/torch/layers/FusedConvolution.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>
#include <vector>

namespace emend {

/// The network of a checkpoint for prediction only: BatchNorm folded into the convolutions, each
/// with its bias and ReLU in one go, nothing concatenated where that can be avoided, weights in
/// the layout (and the type) that the device is fast at. Compute thread only.
class FoldedUNet
{
public:
    /// precision: resolved.
    FoldedUNet(const Checkpoint& checkpoint, at::Device device, Precision precision);

    /// [n, inputChannels, h, w] float32 on the CPU to class probabilities [n, classCount, h', w'],
    /// float32 on the device (h' = h with same padding). betweenLayers is called every fraction
    /// of a second and may throw. Under c10::InferenceMode.
    at::Tensor probabilities(const at::Tensor& input,
                             const std::function<void()>& betweenLayers) const;

    /// The map before the last layer: [n, baseChannels, h', w'] on the device, in its type.
    at::Tensor features(const at::Tensor& input, const std::function<void()>& betweenLayers) const;

private:
    struct Block
    {
        FusedConvolution first;
        FusedConvolution second;
    };

    struct Weights
    {
        at::Tensor weight;
        at::Tensor bias;
    };

    Weights load(const Checkpoint& checkpoint, const std::string& name) const;
    Weights placed(const at::Tensor& weight, const at::Tensor& bias) const;
    FusedConvolution loadConvolution(const Checkpoint& checkpoint, const std::string& name) const;
    Block loadBlock(const Checkpoint& checkpoint, const std::string& name) const;

    UNetSpec m_spec;
    at::Device m_device;
    at::ScalarType m_type;
    bool m_isMixed;
    std::vector<Block> m_encoders;          ///< depth + 1 of them, the last is the bottleneck
    std::vector<Block> m_decoders;          ///< [level]
    std::vector<FusedUpConvolution> m_ups;  ///< [level]: from level + 1 up to level
    std::optional<FusedConvolution> m_head; ///< always float32
};

} // namespace emend
