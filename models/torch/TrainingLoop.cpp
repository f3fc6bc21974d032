// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TrainingLoop.h"

#include "models/FreeMemory.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emend {

namespace {

constexpr double lastRateShare = 0.01;
constexpr int mostBadSteps = 10; ///< in a row
constexpr int untimedSteps = 2;  ///< the first ones still look for memory
constexpr int timedSteps = 5;
constexpr int fewestSteps = 40; ///< less teaches nothing, however slow the machine

QString tr(const char* text)
{
    return QCoreApplication::translate("Trainer", text);
}

std::vector<torch::nn::BatchNorm2d> normsOf(UNet& network)
{
    std::vector<torch::nn::BatchNorm2d> norms;
    for (auto* blocks : {&network->encoders, &network->decoders}) {
        for (DoubleConvolution& block : *blocks) {
            if (block->firstNorm)
                norms.insert(norms.end(), {block->firstNorm, block->secondNorm});
        }
    }
    return norms;
}

} // namespace

TrainingLoop::TrainingLoop(UNet network, PatchSource& source, Random& random,
                           const Options& options, const ComputeDevice& device)
    : m_network(std::move(network))
    , m_source(source)
    , m_random(random)
    , m_options(options)
    , m_device(torchDevice(device))
    , m_step(m_network, options.descent, options.precision, m_device)
{
    if (options.averagedShare > 0)
        m_average.emplace(m_network);
    m_step.setFreeMemory(freeMemoryBytes(device));
    at::set_num_threads(options.threads > 0 ? options.threads : QThread::idealThreadCount());
}

void TrainingLoop::run(JobContext& job, const Observer& observer)
{
    int badSteps = 0;
    QElapsedTimer timer;
    drawAhead(m_options.isVaried);
    for (int i = 0; i < m_options.steps; ++i) {
        if (i == untimedSteps)
            timer.start();
        if (i == untimedSteps + timedSteps)
            fitIntoTime(double(timer.elapsed()) / 1000 / timedSteps);
        job.report(double(i) / m_options.steps,
                   tr("Learning, step %1 of %2").arg(i + 1).arg(m_options.steps));
        const std::optional<double> loss = withoutTorchErrors([&] { return step(i, job); });
        badSteps = loss ? 0 : badSteps + 1;
        if (badSteps == mostBadSteps)
            throw NumbersLost(
                tr("Learning was given up, for its numbers grew beyond all bounds. The "
                   "model is as it was; look whether the corrections are right, and learn "
                   "again."));
        if (!loss)
            continue;
        if (m_average)
            m_average->add(m_options.averagedShare * m_options.steps);
        observer(i + 1, *loss);
    }
    if (m_average)
        m_average->putIntoNetwork();
}

void TrainingLoop::fitIntoTime(double secondsAStep)
{
    if (m_options.seconds <= 0)
        return;
    const int most = std::max(fewestSteps, int(m_options.seconds / std::max(1e-4, secondsAStep)));
    m_options.steps = std::min(m_options.steps, most);
}

void TrainingLoop::drawAhead(bool varied)
{
    m_next = std::async(std::launch::async, [this, varied] {
        std::vector<TrainingPatch> patches;
        for (int i = 0; i < m_options.batch; ++i)
            patches.push_back(m_source.draw(m_random, varied));
        return patches;
    });
}

TrainingStep::Batch TrainingLoop::takeBatch()
{
    const std::vector<TrainingPatch> patches = m_next.get();
    const int64_t count = int64_t(patches.size());
    const int64_t side = patches.front().sizePx;
    const at::Tensor grey = at::empty({count, 1, side, side}, at::kFloat);
    const at::Tensor targets = at::empty({count, side, side}, at::kByte);
    const bool isWeighted = !patches.front().weights.empty();
    const at::Tensor weights =
        isWeighted ? at::empty({count, side, side}, at::kFloat) : at::Tensor();
    for (int64_t i = 0; i < count; ++i) {
        const TrainingPatch& patch = patches[size_t(i)];
        std::copy(patch.grey.begin(), patch.grey.end(), grey[i].data_ptr<float>());
        std::copy(patch.targets.begin(), patch.targets.end(), targets[i].data_ptr<uint8_t>());
        if (isWeighted)
            std::copy(patch.weights.begin(), patch.weights.end(), weights[i].data_ptr<float>());
    }
    return {grey.to(m_device).contiguous(at::MemoryFormat::ChannelsLast),
            answeredFor(targets).to(m_device).to(at::kLong),
            isWeighted ? answeredFor(weights).to(m_device) : at::Tensor()};
}

/// The middle of [n, side, side] that the network answers for.
at::Tensor TrainingLoop::answeredFor(const at::Tensor& pixels) const
{
    const int64_t side = pixels.size(1);
    const int64_t answer = m_network->spec().outputSize(int(side));
    const int64_t border = (side - answer) / 2;
    return pixels.narrow(1, border, answer).narrow(2, border, answer);
}

std::optional<double> TrainingLoop::step(int index, JobContext& job)
{
    job.checkCancelled();
    const TrainingStep::Batch batch = takeBatch();
    drawAhead(m_options.isVaried);
    return m_step.run(batch, learningRateAt(index), job);
}

double TrainingLoop::learningRateAt(int step) const
{
    if (m_options.isRateConstant)
        return m_options.learningRate;
    const int warmUp = std::min(m_options.warmUpSteps, m_options.steps / 4);
    if (step < warmUp)
        return m_options.learningRate * (step + 1) / (warmUp + 1);
    const double progress = double(step - warmUp) / std::max(1, m_options.steps - warmUp);
    const double cosine = (1 + std::cos(std::numbers::pi * progress)) / 2;
    return m_options.learningRate * (lastRateShare + (1 - lastRateShare) * cosine);
}

void TrainingLoop::reestimateStatistics(int batches, JobContext& job)
{
    std::vector<torch::nn::BatchNorm2d> norms = normsOf(m_network);
    if (norms.empty())
        return;
    const at::NoGradGuard noGrad;
    const std::optional<double> usual = norms.front()->options.momentum();
    for (torch::nn::BatchNorm2d& norm : norms) {
        norm->reset_running_stats();
        norm->options.momentum(std::nullopt); // the plain mean of all batches
    }
    if (m_next.valid())
        m_next.wait(); // a varied batch that nobody wants any more
    for (int i = 0; i < batches; ++i) {
        job.checkCancelled();
        drawAhead(false);
        withoutTorchErrors([&] { return m_step.forward(takeBatch().grey); });
    }
    for (torch::nn::BatchNorm2d& norm : norms)
        norm->options.momentum(usual);
}

} // namespace emend
