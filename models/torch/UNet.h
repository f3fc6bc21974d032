// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"
#include "models/UNetSpec.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>

namespace emend {

/// Two 3 x 3 convolutions, each with BatchNorm (where the spec has it) and ReLU.
class DoubleConvolutionImpl : public torch::nn::Module
{
public:
    DoubleConvolutionImpl(const UNetSpec& spec, int inputChannels, int outputChannels);

    /// skip: further channels, or nothing.
    torch::Tensor forward(torch::Tensor x, const torch::Tensor& skip = {});

    torch::nn::Conv2d first = nullptr;
    torch::nn::Conv2d second = nullptr;
    torch::nn::BatchNorm2d firstNorm = nullptr; ///< empty without BatchNorm
    torch::nn::BatchNorm2d secondNorm = nullptr;
};

TORCH_MODULE(DoubleConvolution);

/// The network of a UNetSpec. Owned by Predictor or Trainer, compute thread only.
///
/// forward: [n, inputChannels, h, w] float32 to logits [n, classCount, h', w'] (h' = h with same
/// padding). Names of weights: encoder0.first.weight ... decoder0.secondNorm.running_var,
/// up0.weight, head.weight; level 0 is the finest.
class UNetImpl : public torch::nn::Module
{
public:
    explicit UNetImpl(const UNetSpec& spec);

    torch::Tensor forward(torch::Tensor input);

    const UNetSpec& spec() const { return m_spec; }

    /// The spec's own initialiser, from this seed, on every weight.
    void initialise(quint64 seed);

    /// New numbers for the last layer only.
    void initialiseHead(quint64 seed);

    /// All weights and running statistics by name. Shapes must be those of the spec.
    void setWeights(const std::map<std::string, WeightTensor>& weights);
    std::map<std::string, WeightTensor> weights() const;

    std::vector<DoubleConvolution> encoders;     ///< depth + 1 of them, the last is the bottleneck
    std::vector<DoubleConvolution> decoders;     ///< [level]
    std::vector<torch::nn::ConvTranspose2d> ups; ///< [level]: from level + 1 up to level
    torch::nn::Conv2d head = nullptr;

private:
    torch::Tensor upsampled(int level, const torch::Tensor& coarse);

    UNetSpec m_spec;
};

TORCH_MODULE(UNet);

} // namespace emend
