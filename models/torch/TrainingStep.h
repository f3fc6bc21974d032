// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/torch/LossScaler.h"
#include "models/torch/Optimiser.h"
#include "models/torch/UNet.h"

#include <memory>
#include <optional>

namespace emend {

/// One step of gradient descent: forward under autocast, loss, backward on FP32 master weights,
/// gradients clipped, then AdamW or whatever the recipe has. Compute thread only.
class TrainingStep
{
public:
    struct Batch
    {
        at::Tensor grey;    ///< [n, 1, h, w] float32, on the device, channels last
        at::Tensor targets; ///< [n, h', w'] int64, on the device; as large as the answer
        at::Tensor weights; ///< of pixels, [n, h', w'] float32: then the loss is
                            ///< weightedCrossEntropy, else, undefined, correctionLoss
    };

    /// How weights move against their gradients.
    struct Descent
    {
        enum class Rule { adamW, momentum };

        Rule rule = Rule::adamW;
        double weightDecay = 1e-4; ///< of AdamW
        double momentum = 0.99;
        bool clipsGradients = true; ///< their common norm is at most 1
    };

    /// The network is trained in place, on the device. precision: resolved.
    TrainingStep(UNet network, const Descent& descent, Precision precision, at::Device device);

    /// The loss; nothing where it, or a gradient, was not finite: then the weights are as before.
    std::optional<double> run(const Batch& batch, double learningRate, JobContext& job);

    at::Tensor forward(const at::Tensor& grey);

private:
    UNet m_network;
    Precision m_precision;
    at::Device m_device;
    double m_largestGradient;
    std::unique_ptr<Optimiser> m_optimiser;
    std::optional<LossScaler> m_scaler;
};

} // namespace emend
