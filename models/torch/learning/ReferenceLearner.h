// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/recipes/ReferenceSection.h"
#include "models/recipes/ReferenceState.h"
#include "models/recipes/ReferenceTrainer.h"
#include "models/torch/UNet.h"
#include "models/torch/learning/KerasAdam.h"
#include "models/torch/learning/LossScaler.h"
#include "models/torch/learning/ReferenceLoss.h"

#include <optional>
#include <vector>

namespace emend {

/// A network that learns by the reference recipe, a step at a time: cross-entropy plus soft Dice,
/// Adam at a constant rate with a penalty on the weights' squares, FP32 master weights under
/// autocast, dynamic loss scaling in FP16. Compute thread only.
class ReferenceLearner
{
public:
    /// precision must have been resolved. threads: 0 for all cores.
    ReferenceLearner(const UNetSpec& spec, Precision precision, int threads,
                     const ComputeDevice& device);

    /// Weights from the spec's own initialiser.
    void initialise(quint64 seed) { m_network->initialise(seed); }

    /// One update; seed: of its dropout. The losses of before the update. Where the loss, or in
    /// FP16 a gradient, was not finite the weights and moments stay as they are; wasLeftOut()
    /// tells. Throws Error when memory runs out.
    ReferenceLosses step(const std::vector<ReferenceSection>& sections, quint64 seed);

    bool wasLeftOut() const { return m_wasLeftOut; }

    /// Without dropout; batches count alike, also where the last one is smaller. Throws Cancelled.
    ReferenceLosses evaluate(const std::vector<ReferenceSection>& sections, int batch,
                             JobContext& job);

    std::map<std::string, WeightTensor> weights() const { return m_network->weights(); }

    void setWeights(const std::map<std::string, WeightTensor>& weights)
    {
        m_network->setWeights(weights);
    }

    /// All but the recipe and the step, which the learner does not know.
    ReferenceState state() const;
    void restore(const ReferenceState& state);

private:
    ReferenceLoss lossOf(const ReferenceSection* sections, int count);

    UNet m_network;
    Precision m_precision;
    at::Device m_device;
    KerasAdam m_optimiser;
    std::optional<LossScaler> m_scaler;
    bool m_wasLeftOut = false;
};

} // namespace emend
