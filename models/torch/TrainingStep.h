// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/torch/FusedAdamW.h"
#include "models/torch/LossScaler.h"
#include "models/torch/UNet.h"

#include <optional>

namespace emend {

/// One step of gradient descent: forward under autocast, loss, backward on FP32 master weights,
/// gradients clipped, AdamW. Compute thread only.
class TrainingStep
{
public:
    struct Batch
    {
        at::Tensor grey;    ///< [n, 1, h, w] float32, on the device, channels last
        at::Tensor targets; ///< [n, h', w'] int64, on the device; as large as the answer
    };

    /// The network is trained in place, on the device. precision: resolved.
    TrainingStep(UNet network, double weightDecay, Precision precision, at::Device device);

    /// The loss; nothing where it, or a gradient, was not finite: then the weights are as before.
    std::optional<double> run(const Batch& batch, double learningRate, JobContext& job);

    at::Tensor forward(const at::Tensor& grey);

private:
    UNet m_network;
    Precision m_precision;
    at::Device m_device;
    FusedAdamW m_optimiser;
    std::optional<LossScaler> m_scaler;
};

} // namespace emend
