// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"
#include "models/learning/Augmentation.h"
#include "models/torch/UNet.h"
#include "models/torch/cards/CardRuntime.h"
#include "models/torch/learning/FusedAdamW.h"
#include "models/torch/learning/LossScaler.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// Steps of gradient descent as TrainingStep does them, without the processor waiting for the
/// card: varying the patches, forward under autocast, loss, backward, unscaling, clipping, AdamW
/// and the moving mean of the weights are one graph. A step whose loss or gradients are not finite
/// leaves the weights as they are. The first steps run without the graph and count like the
/// others; losses come back some steps late.
///
/// Where a network's answer is smaller than the patches, the middle of the targets counts. Never
/// run on a card so far; see docs/gpu.md. Compute thread only.
class GraphedTraining
{
public:
    static constexpr int slotCount = 3;

    struct Options
    {
        int batch = 16;
        int patchPx = 256;
        Precision precision = Precision::bf16; ///< resolved
        double weightDecay = 1e-4;
        double averagedSteps = 0; ///< the mean is over about so many last steps; 0: no mean
        int stepsBetweenLosses = 10;
    };

    /// The network is trained in place; it is brought to the runtime's device. The runtime must
    /// outlive this.
    GraphedTraining(UNet network, CardRuntime& runtime, const Options& options);
    ~GraphedTraining(); ///< waits until all work is done

    GraphedTraining(const GraphedTraining&) = delete;
    GraphedTraining& operator=(const GraphedTraining&) = delete;

    /// What the next step learns from: on the processor, to be filled.
    struct Batch
    {
        at::Tensor grey;       ///< [n, 1, s, s] float32, normalised, not varied
        at::Tensor targets;    ///< [n, s, s] uint8, class from 1, 0: not counted
        at::Tensor variations; ///< [n, deviceAugmentation::numbers] float32
    };

    /// Waits where the card is slotCount steps behind.
    Batch& next();
    void step(double learningRate);

    /// Of the steps since the losses before.
    struct Losses
    {
        int lastStep = 0; ///< from 1
        int steps = 0;    ///< how many
        int leftOut = 0;  ///< of them, for numbers that were not finite
        double mean = 0;  ///< of the others; 0 where there are none
    };

    /// Those that have come back meanwhile, oldest first; never waits.
    std::vector<Losses> takeLosses();

    /// Waits for all steps so far: then the weights may be looked at.
    void settle() const { m_compute->mark()->await(); }

    /// From the next step on.
    void setAveragedSteps(double steps) { m_options.averagedSteps = steps; }

    /// Waits for all steps; then the weights are there, and all losses. The mean of the weights
    /// becomes the network's where there is one.
    std::vector<Losses> finish();

private:
    struct Slot
    {
        Batch host;
        at::Tensor hostControl;
        Batch card;
        at::Tensor control;
        std::shared_ptr<CardMark> used; ///< null until it was used once
    };

    struct Report
    {
        int lastStep = 0;
        int steps = 0;
        at::Tensor onCard; ///< kept until it was read: freed memory belongs to other streams
        at::Tensor sums;   ///< on the processor
        std::shared_ptr<CardMark> arrived;
    };

    Slot makeSlot() const;
    std::function<void()> work();
    void learn();
    void sendLosses();
    std::vector<Losses> taken(bool waits);
    double shareOfStep() const;

    UNet m_network;
    CardRuntime& m_runtime;
    Options m_options;
    FusedAdamW m_optimiser;
    std::optional<LossScaler> m_scaler;
    std::vector<at::Tensor> m_weights;
    std::vector<at::Tensor> m_means; ///< empty without a mean
    std::shared_ptr<CardStream> m_upload;
    std::shared_ptr<CardStream> m_compute;
    std::shared_ptr<CardStream> m_download;
    Batch m_batch;        ///< what the graph reads, always in the same place
    at::Tensor m_control; ///< [2]: rate of the step, share of the step in the mean
    at::Tensor m_sums;    ///< [2]: of finite losses, of steps left out
    std::array<Slot, slotCount> m_slots;
    std::unique_ptr<CardGraph> m_graph; ///< after some steps without
    std::vector<Report> m_reports;      ///< on their way
    int m_steps = 0;
    int m_reportedSteps = 0;
};

} // namespace emend
