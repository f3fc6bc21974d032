// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"
#include "models/UNetSpec.h"

#include <torch/nn.h>

namespace emend {

/// The network of a UNetSpec. Owned by Predictor or Trainer, compute thread only.
///
/// forward: [n, inputChannels, h, w] float32 to logits [n, classCount, h', w'] (h' = h with same
/// padding).
class UNetImpl : public torch::nn::Module
{
public:
    explicit UNetImpl(const UNetSpec& spec);

    torch::Tensor forward(torch::Tensor input);

    const UNetSpec& spec() const { return m_spec; }

    /// Spec's own initialiser, from this seed, on every weight.
    void initialise(quint64 seed);

    /// Draws new numbers for the last layer only.
    void initialiseHead(quint64 seed);

    void setWeights(const std::map<std::string, WeightTensor>& weights);
    std::map<std::string, WeightTensor> weights() const;

private:
    UNetSpec m_spec;
    // layers are defined in UNet.cpp by register_module; see there
    struct Layers;
    std::shared_ptr<Layers> m_layers;
};

TORCH_MODULE(UNet);

} // namespace emend
