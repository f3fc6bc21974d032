// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <functional>
#include <vector>

namespace emend {

/// The network of a checkpoint for prediction only: BatchNorm folded into the convolutions,
/// weights in the layout (and the type) that the device is fast at. Compute thread only.
class FoldedUNet
{
public:
    FoldedUNet(const Checkpoint& checkpoint, at::Device device, at::ScalarType type);

    /// [n, inputChannels, h, w] float32 on the CPU to class probabilities [n, classCount, h', w'],
    /// float32 on the device (h' = h with same padding). betweenLayers is called every fraction
    /// of a second and may throw.
    at::Tensor probabilities(const at::Tensor& input,
                             const std::function<void()>& betweenLayers) const;

private:
    struct Convolution
    {
        at::Tensor weight;
        at::Tensor bias;
    };

    using Block = std::array<Convolution, 2>;

    Convolution load(const Checkpoint& checkpoint, const std::string& name) const;
    Convolution prepared(const at::Tensor& weight, const at::Tensor& bias) const;
    Block loadBlock(const Checkpoint& checkpoint, const std::string& name) const;
    at::Tensor run(const Block& block, at::Tensor x,
                   const std::function<void()>& betweenLayers) const;
    at::Tensor upsampled(const Convolution& up, const at::Tensor& coarse) const;

    UNetSpec m_spec;
    at::Device m_device;
    at::ScalarType m_type;
    std::vector<Block> m_encoders;  ///< depth + 1 of them, the last is the bottleneck
    std::vector<Block> m_decoders;  ///< [level]
    std::vector<Convolution> m_ups; ///< [level]: from level + 1 up to level
    Convolution m_head;             ///< always float32
};

} // namespace emend
