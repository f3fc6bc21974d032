// SPDX-License-Identifier: Apache-2.0
#include "models/torch/benchmark/BenchmarkNetwork.h"

#include "models/torch/Autocast.h"
#include "models/torch/ChannelsLast.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/layers/PlainOperators.h"

#include <QCoreApplication>

#include <ATen/DeviceAccelerator.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/softmax.h>
#include <c10/core/InferenceMode.h>
#include <torch/utils.h>

namespace emend {

namespace {

at::Tensor onDevice(const at::Tensor& grey, at::Device device, at::ScalarType type)
{
    return channelsLast(grey.to(device, type));
}

} // namespace

UNet BenchmarkNetwork::drawnNetwork(const UNetSpec& spec, quint64 seed)
{
    UNet network(spec);
    network->initialise(seed);
    return network;
}

Checkpoint BenchmarkNetwork::drawnCheckpoint(const UNetSpec& spec, quint64 seed)
{
    Checkpoint checkpoint;
    checkpoint.spec = spec;
    checkpoint.weights = drawnNetwork(spec, seed)->weights();
    return checkpoint;
}

void BenchmarkNetwork::synchronise()
{
    if (m_device.is_cuda())
        at::accelerator::synchronizeDevice(m_device.index());
}

at::Tensor BenchmarkNetwork::drawnGrey(const UNetSpec& spec, quint64 seed) const
{
    torch::manual_seed(seed);
    return at::randn({m_images.count, spec.inputChannels, m_images.sizePx, m_images.sizePx},
                     at::kFloat);
}

InferenceNetwork::InferenceNetwork(const UNetSpec& spec, Precision precision, at::Device device,
                                   quint64 seed, const Images& images)
    : BenchmarkNetwork(device, images)
    , m_network(drawnCheckpoint(spec, seed), device, precision)
    , m_grey(drawnGrey(spec, seed))
{
    if (!images.fromHost)
        m_grey = onDevice(m_grey, device, torchType(precision));
}

std::optional<double> InferenceNetwork::runBatch(JobContext& job)
{
    const c10::InferenceMode inferenceMode;
    m_network.probabilities(images().fromHost ? m_grey.clone() : m_grey,
                            [&job] { job.checkCancelled(); });
    return {};
}

PlainInferenceNetwork::PlainInferenceNetwork(const UNetSpec& spec, Precision precision,
                                             at::Device device, quint64 seed, const Images& images)
    : BenchmarkNetwork(device, images)
    , m_network(placedForTraining(drawnNetwork(spec, seed), device))
    , m_precision(precision)
    , m_grey(drawnGrey(spec, seed))
{
    m_network->eval();
    if (!images.fromHost)
        m_grey = onDevice(m_grey, device, at::kFloat);
}

std::optional<double> PlainInferenceNetwork::runBatch(JobContext& job)
{
    job.checkCancelled();
    const c10::InferenceMode inferenceMode;
    const PlainOperators plain;
    const Autocast autocast(device().type(), m_precision);
    const at::Tensor grey =
        images().fromHost ? onDevice(m_grey.clone(), device(), at::kFloat) : m_grey;
    at::softmax(m_network->forward(grey).to(at::kFloat), 1);
    return {};
}

TrainingNetwork::TrainingNetwork(const UNetSpec& spec, Precision precision, at::Device device,
                                 quint64 seed, const Images& images, bool isPlain)
    : BenchmarkNetwork(device, images)
    , m_step(drawnNetwork(spec, seed), {}, precision, device)
    , m_isPlain(isPlain)
{
    m_batch.grey = drawnGrey(spec, seed);
    const int answerPx = spec.outputSize(images.sizePx);
    m_batch.targets =
        at::randint(1, spec.classCount + 1, {images.count, answerPx, answerPx}, at::kByte);
    if (images.fromHost)
        return;
    m_batch.grey = onDevice(m_batch.grey, device, at::kFloat);
    m_batch.targets = m_batch.targets.to(device, at::kLong);
}

std::optional<double> TrainingNetwork::runBatch(JobContext& job)
{
    job.checkCancelled();
    TrainingStep::Batch batch = m_batch;
    if (images().fromHost) {
        batch.grey = onDevice(m_batch.grey.clone(), device(), at::kFloat);
        batch.targets = m_batch.targets.clone().to(device()).to(at::kLong);
    }
    std::optional<PlainOperators> plain;
    if (m_isPlain)
        plain.emplace();
    const std::optional<double> loss = m_step.run(batch, benchmarkLearningRate, job);
    if (!loss)
        throw Error(QCoreApplication::translate(
            "NetworkBenchmark", "The numbers of this network grew beyond all bounds. Choose "
                                "another seed or precision."));
    return loss;
}

} // namespace emend
