// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TrainingStep.h"

#include "models/torch/Autocast.h"
#include "models/torch/FusedAdamW.h"
#include "models/torch/Losses.h"
#include "models/torch/MomentumDescent.h"
#include "models/torch/TorchDevice.h"

#include <cmath>
#include <limits>

namespace emend {

namespace {

constexpr double largestGradient = 1;

/// Convolutions are fastest with channels last, on every device.
UNet placed(UNet network, at::Device device)
{
    network->to(device);
    for (at::Tensor& parameter : network->parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
    network->train();
    return network;
}

std::unique_ptr<Optimiser> optimiserFor(const std::vector<at::Tensor>& parameters,
                                        const TrainingStep::Descent& descent)
{
    if (descent.rule == TrainingStep::Descent::Rule::momentum)
        return std::make_unique<MomentumDescent>(parameters, descent.momentum);
    return std::make_unique<FusedAdamW>(parameters, descent.weightDecay);
}

at::Tensor lossOf(const at::Tensor& logits, const TrainingStep::Batch& batch)
{
    return batch.weights.defined() ? weightedCrossEntropy(logits, batch.targets, batch.weights)
                                   : correctionLoss(logits, batch.targets);
}

} // namespace

TrainingStep::TrainingStep(UNet network, const Descent& descent, Precision precision,
                           at::Device device)
    : m_network(placed(std::move(network), device))
    , m_precision(precision)
    , m_device(device)
    , m_largestGradient(descent.clipsGradients ? largestGradient
                                               : std::numeric_limits<double>::infinity())
    , m_optimiser(optimiserFor(m_network->parameters(), descent))
{
    if (precision == Precision::fp16)
        m_scaler.emplace(device);
}

at::Tensor TrainingStep::forward(const at::Tensor& grey)
{
    const Autocast autocast(m_device.type(), torchType(m_precision));
    return m_network->forward(grey);
}

std::optional<double> TrainingStep::run(const Batch& batch, double learningRate, JobContext& job)
{
    const at::Tensor loss = lossOf(forward(batch.grey), batch);
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        return {};
    job.checkCancelled();

    m_optimiser->clearGradients();
    (m_scaler ? m_scaler->scaled(loss) : loss).backward();
    if (m_scaler && !m_scaler->unscale(m_optimiser->gradients()))
        return value; // the first steps in FP16 look for the right scale: nothing is wrong
    if (!std::isfinite(m_optimiser->clipGradients(m_largestGradient)))
        return {};
    m_optimiser->step(learningRate);
    return value;
}

} // namespace emend
