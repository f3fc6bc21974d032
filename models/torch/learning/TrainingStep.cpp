// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/TrainingStep.h"

#include "models/memory/MemoryEstimate.h"
#include "models/torch/Autocast.h"
#include "models/torch/ChannelsLast.h"
#include "models/torch/LayerMarks.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"
#include "models/torch/learning/FusedAdamW.h"
#include "models/torch/learning/Losses.h"
#include "models/torch/learning/MomentumDescent.h"

#include <ATen/DeviceAccelerator.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <malloc.h>
#include <utility>

namespace emend {

UNet placedForTraining(UNet network, at::Device device)
{
    network->to(device);
    // Convolutions are fastest with channels last, on every device.
    for (at::Tensor& parameter : network->parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(channelsLast(parameter));
    }
    network->train();
    return network;
}

namespace {

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

TrainingStep::Batch partOf(const TrainingStep::Batch& batch, int64_t first, int64_t count)
{
    const auto part = [first, count](const at::Tensor& tensor) {
        return tensor.defined() ? tensor.narrow(0, first, count) : tensor;
    };
    return {part(batch.grey), part(batch.targets), part(batch.weights)};
}

} // namespace

TrainingStep::TrainingStep(UNet network, const Descent& descent, Precision precision,
                           at::Device device)
    : m_network(placedForTraining(std::move(network), device))
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
    const Autocast autocast(m_device.type(), m_precision);
    return m_network->forward(grey);
}

std::optional<double> TrainingStep::run(const Batch& batch, double learningRate, JobContext& job)
{
    fitInto(batch);
    for (;;) {
        const std::optional<Gradients> gradients = attempt(batch, job);
        if (gradients) {
            if (gradients->areUsable)
                m_optimiser->step(learningRate);
            return gradients->loss;
        }
        if (m_device.is_cuda())
            at::accelerator::emptyCache();
        malloc_trim(0);
        m_parts *= 2;
    }
}

/// The first time: as many parts as the estimate says.
void TrainingStep::fitInto(const Batch& batch)
{
    const qint64 bytes = std::exchange(m_freeBytes, 0);
    if (bytes == 0)
        return;
    const int images = int(batch.grey.size(0));
    const auto fits = [&] {
        const int share = (images + m_parts - 1) / m_parts;
        return MemoryEstimate::ofTraining({m_network->spec(), int(batch.grey.size(3)),
                                           int(batch.grey.size(2)), share, m_precision})
            .fits(bytes);
    };
    while (m_parts < images && !fits())
        m_parts *= 2;
}

/// Nothing when memory ran out and smaller parts may do; then everything that it held is free.
std::optional<TrainingStep::Gradients> TrainingStep::attempt(const Batch& batch, JobContext& job)
{
    const bool canBeSplit = m_parts < batch.grey.size(0);
    try {
        m_optimiser->clearGradients();
        const std::optional<double> loss = addGradients(batch, job);
        LayerMarks::pass("gradients");
        if (!loss)
            return Gradients{};
        if (m_scaler && !m_scaler->unscale(m_optimiser->gradients()))
            return Gradients{loss}; // FP16 looks for the right scale first: nothing is wrong
        if (!std::isfinite(m_optimiser->clipGradients(m_largestGradient)))
            return Gradients{};
        return Gradients{loss, true};
    } catch (const std::bad_alloc&) {
        if (!canBeSplit)
            throw;
    } catch (const c10::Error& error) {
        if (!canBeSplit || !isOutOfMemory(error))
            throw;
    }
    m_optimiser->clearGradients();
    return {};
}

/// The loss of the batch; nothing where it is not finite. It can be stopped, and lets a person's
/// hand go first, after each group of layers on the way there and back: a step is a third of a
/// second on a slow processor, and who begins to paint shall not wait for it.
std::optional<double> TrainingStep::addGradients(const Batch& batch, JobContext& job)
{
    const int64_t images = batch.grey.size(0);
    const int64_t share = (images + m_parts - 1) / m_parts;
    const auto counted = [](const at::Tensor& targets) {
        return targets.gt(0).sum().to(at::kFloat);
    };
    const LayerMarks between([&job](const std::string&, const at::Tensor& map) {
        job.checkCancelled();
        if (map.requires_grad())
            map.register_hook([&job](const at::Tensor&) { job.checkCancelled(); });
    });
    double sum = 0;
    for (int64_t first = 0; first < images; first += share) {
        const int64_t count = std::min(share, images - first);
        const Batch part = partOf(batch, first, count);
        at::Tensor loss = lossOf(forward(part.grey), part);
        if (count < images) // each pixel weighs what it does in the whole batch
            loss = loss * (counted(part.targets) / counted(batch.targets).clamp_min(1));
        const double value = loss.item<double>();
        if (!std::isfinite(value))
            return {};
        (m_scaler ? m_scaler->scaled(loss) : loss).backward();
        sum += value;
    }
    return sum;
}

} // namespace emend
