// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/torch/UNet.h"
#include "models/torch/learning/LossScaler.h"
#include "models/torch/learning/Optimiser.h"

#include <memory>
#include <optional>

namespace emend {

/// The common norm of all gradients that a step is allowed.
constexpr double largestGradient = 1;

/// The same network, on the device, in the layout that convolutions are fast at and ready to learn.
UNet placedForTraining(UNet network, at::Device device);

/// One step of gradient descent: forward under autocast, loss, backward on FP32 master weights,
/// gradients clipped, then AdamW or whatever the recipe has.
///
/// A batch that does not fit into memory is learned from in parts whose gradients add up, twice as
/// many each time that memory runs out, down to single images. The cross-entropy is that of the
/// whole batch; Dice and BatchNorm then see a part at a time. Compute thread only.
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

    /// What the device has (freeMemoryBytes), with nothing of a batch on it: the first parts are
    /// small enough for it by MemoryEstimate.
    void setFreeMemory(qint64 bytes) { m_freeBytes = bytes; }

    /// In how many parts a batch is learned from.
    int parts() const { return m_parts; }

    /// The loss; nothing where it, or a gradient, was not finite: then the weights are as before.
    /// Throws what LibTorch throws when even single images do not fit.
    std::optional<double> run(const Batch& batch, double learningRate, JobContext& job);

    at::Tensor forward(const at::Tensor& grey);

private:
    /// What came of the forward and backward pass.
    struct Gradients
    {
        std::optional<double> loss;
        bool areUsable = false; ///< finite, unscaled and clipped
    };

    void fitInto(const Batch& batch);
    std::optional<Gradients> attempt(const Batch& batch, JobContext& job);
    std::optional<double> addGradients(const Batch& batch, JobContext& job);

    UNet m_network;
    Precision m_precision;
    at::Device m_device;
    double m_largestGradient;
    std::unique_ptr<Optimiser> m_optimiser;
    std::optional<LossScaler> m_scaler;
    qint64 m_freeBytes = 0; ///< 0: not known
    int m_parts = 1;
};

} // namespace emend
