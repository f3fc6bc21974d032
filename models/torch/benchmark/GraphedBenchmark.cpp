// SPDX-License-Identifier: Apache-2.0
#include "models/torch/benchmark/GraphedBenchmark.h"

#include "models/torch/TorchDevice.h"
#include "models/torch/learning/DeviceAugmentation.h"

#include <ATen/ops/randint.h>
#include <ATen/ops/zeros.h>

namespace emend {

namespace {

at::Tensor drawnBytes(const UNetSpec& spec, const BenchmarkNetwork::Images& images)
{
    return at::randint(256, {images.count, spec.inputChannels, images.sizePx, images.sizePx},
                       at::kByte);
}

GraphedInference::Shape shapeOf(const UNetSpec& spec, const BenchmarkNetwork::Images& images)
{
    const int answerPx = spec.outputSize(images.sizePx);
    GraphedInference::Shape shape;
    shape.batch = images.count;
    shape.widthPx = shape.heightPx = images.sizePx;
    shape.answerWidthPx = shape.answerHeightPx = answerPx;
    return shape;
}

} // namespace

GraphedInferenceNetwork::GraphedInferenceNetwork(const UNetSpec& spec, Precision precision,
                                                 at::Device device, quint64 seed,
                                                 const Images& images,
                                                 std::unique_ptr<CardRuntime> runtime)
    : BenchmarkNetwork(device, images)
    , m_runtime(std::move(runtime))
    , m_network(drawnCheckpoint(spec, seed), device, precision)
    , m_grey(drawnBytes(spec, images))
    , m_freshSlots(GraphedInference::slotCount)
{
    const GraphedInference::Network network(m_network, drawnCheckpoint(spec, seed), device,
                                            torchType(precision));
    m_graph.emplace(network, *m_runtime, shapeOf(spec, images));
}

std::optional<double> GraphedInferenceNetwork::runBatch(JobContext& job)
{
    job.checkCancelled();
    if (m_graph->pending() == GraphedInference::slotCount)
        m_graph->take();
    GraphedInference::Input& input = m_graph->next();
    if (images().fromHost || m_freshSlots > 0) {
        input.grey.copy_(m_grey);
        input.normalisation = {128, 64};
        --m_freshSlots;
    }
    m_graph->submit();
    return {};
}

void GraphedInferenceNetwork::synchronise()
{
    while (m_graph->pending() > 0)
        m_graph->take();
}

GraphedTrainingNetwork::GraphedTrainingNetwork(const UNetSpec& spec, Precision precision,
                                               at::Device device, quint64 seed,
                                               const Images& images,
                                               std::unique_ptr<CardRuntime> runtime)
    : BenchmarkNetwork(device, images)
    , m_runtime(std::move(runtime))
    , m_batch{drawnGrey(spec, seed),
              at::randint(1, spec.classCount + 1, {images.count, images.sizePx, images.sizePx},
                          at::kByte),
              at::zeros({images.count, deviceAugmentation::numbers}, at::kFloat)}
    , m_freshSlots(GraphedTraining::slotCount)
{
    for (int i = 0; i < images.count; ++i)
        deviceAugmentation::write({}, m_batch.variations[i]);
    GraphedTraining::Options options;
    options.batch = images.count;
    options.patchPx = images.sizePx;
    options.precision = precision;
    m_training.emplace(drawnNetwork(spec, seed), *m_runtime, options);
}

std::optional<double> GraphedTrainingNetwork::runBatch(JobContext& job)
{
    job.checkCancelled();
    GraphedTraining::Batch& batch = m_training->next();
    if (images().fromHost || m_freshSlots > 0) {
        batch.grey.copy_(m_batch.grey);
        batch.targets.copy_(m_batch.targets);
        batch.variations.copy_(m_batch.variations);
        --m_freshSlots;
    }
    m_training->step(benchmarkLearningRate);
    for (const GraphedTraining::Losses& losses : m_training->takeLosses())
        m_loss = losses.mean;
    return m_loss;
}

void GraphedTrainingNetwork::synchronise()
{
    for (const GraphedTraining::Losses& losses : m_training->finish())
        m_loss = losses.mean;
}

} // namespace emend
