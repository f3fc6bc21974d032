// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/TrainingLoop.h"

#include "core/jobs/WorkClock.h"
#include "models/memory/FreeMemory.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"
#include "models/torch/learning/DeviceAugmentation.h"

#include <QCoreApplication>
#include <QThread>

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emend {

namespace {

constexpr double lastRateShare = 0.01;
constexpr int mostBadSteps = 10; ///< in a row
constexpr int mostHalvings = 24; ///< of FP16's scale, of which a graph says no more than that a
                                 ///< step was left out

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

/// To [n, 1, side, side] and [n, side, side].
void write(const std::vector<TrainingPatch>& patches, const at::Tensor& grey,
           const at::Tensor& targets)
{
    for (size_t i = 0; i < patches.size(); ++i) {
        std::copy(patches[i].grey.begin(), patches[i].grey.end(),
                  grey[int64_t(i)].data_ptr<float>());
        std::copy(patches[i].targets.begin(), patches[i].targets.end(),
                  targets[int64_t(i)].data_ptr<uint8_t>());
    }
}

/// Where a step may be a graph of the device's.
std::unique_ptr<CardRuntime> runtimeFor(const TrainingLoop::Options& options,
                                        const ComputeDevice& device)
{
    const bool isUsual = options.descent.rule == TrainingStep::Descent::Rule::adamW &&
                         options.descent.clipsGradients;
    if (!isUsual || at::globalContext().deterministicAlgorithms())
        return nullptr;
    return makeCardRuntime(device);
}

} // namespace

TrainingLoop::TrainingLoop(UNet network, PatchSource& source, Random& random,
                           const Options& options, const ComputeDevice& device)
    : m_network(std::move(network))
    , m_source(source)
    , m_random(random)
    , m_options(options)
    , m_plannedSteps(options.steps)
    , m_plan(options.steps, options.seconds)
    , m_device(torchDevice(device))
    , m_step(m_network, options.descent, options.precision, m_device)
    , m_runtime(runtimeFor(options, device))
{
    if (options.averagedShare > 0)
        m_average.emplace(m_network);
    m_step.setFreeMemory(freeMemoryBytes(device));
    at::set_num_threads(options.threads > 0 ? options.threads : QThread::idealThreadCount());
}

void TrainingLoop::run(JobContext& job, const Observer& observer)
{
    m_badSteps = 0;
    const int done = m_runtime ? runGraphed(job, observer) : 0;
    if (done < m_options.steps)
        drawAhead(m_options.isVaried ? Variation::here : Variation::none);
    for (int i = done; i < m_options.steps; ++i) {
        report(i, job);
        const WorkClock clock(job);
        const std::optional<double> loss = withoutTorchErrors([&] { return step(i, job); });
        fitIntoTime(clock.seconds());
        count(loss.has_value(), 1);
        if (!loss)
            continue;
        if (m_average)
            m_average->add(m_options.averagedShare * m_options.steps);
        m_doneSteps = i + 1;
        observer(i + 1, *loss);
    }
    if (m_average && done < m_options.steps)
        m_average->putIntoNetwork();
}

/// How many steps were done: all of them, or as many as the card would have.
int TrainingLoop::runGraphed(JobContext& job, const Observer& observer)
{
    const auto drawn = m_options.isVaried ? Variation::onCard : Variation::none;
    int done = 0;
    try {
        drawAhead(drawn);
        for (; done < m_options.steps; ++done) {
            report(done, job);
            const WorkClock clock(job);
            const Drawn next = m_next.get();
            drawAhead(drawn);
            if (!m_graphed)
                m_graphed.emplace(m_network, *m_runtime, graphOptions(next.patches.front().sizePx));
            fill(m_graphed->next(), next);
            m_graphed->step(learningRateAt(done));
            m_doneSteps = done + 1;
            if (m_plan.plansNext())
                settle();
            fitIntoTime(clock.seconds());
            take(m_graphed->takeLosses(), observer);
        }
        withoutTorchErrors([&] { take(m_graphed->finish(), observer); });
    } catch (const c10::Error&) {
        m_graphed.reset();
        m_runtime.reset(); // the plain way says what is wrong, if it meets it too
    }
    m_graphed.reset();
    return done;
}

GraphedTraining::Options TrainingLoop::graphOptions(int patchPx) const
{
    return {.batch = m_options.batch,
            .patchPx = patchPx,
            .precision = m_options.precision,
            .weightDecay = m_options.descent.weightDecay,
            .averagedSteps = m_options.averagedShare * m_options.steps};
}

void TrainingLoop::settle() const
{
    if (m_graphed)
        m_graphed->settle();
}

void TrainingLoop::take(const std::vector<GraphedTraining::Losses>& losses,
                        const Observer& observer)
{
    for (const GraphedTraining::Losses& some : losses) {
        count(some.leftOut < some.steps, some.steps);
        if (some.leftOut < some.steps)
            observer(some.lastStep, some.mean);
    }
}

void TrainingLoop::count(bool isGood, int steps)
{
    m_badSteps = isGood ? 0 : m_badSteps + steps;
    const bool seesHalvings = m_graphed && m_options.precision == Precision::fp16;
    if (m_badSteps >= mostBadSteps + (seesHalvings ? mostHalvings : 0))
        throw NumbersLost(
            tr("Learning was given up, for its numbers grew beyond all bounds. The "
               "model is as it was; look whether the corrections are right, and learn "
               "again."));
}

void TrainingLoop::report(int step, JobContext& job) const
{
    job.checkCancelled();
    job.report(double(step) / m_options.steps,
               tr("Learning, step %1 of %2").arg(step + 1).arg(m_options.steps));
}

void TrainingLoop::fitIntoTime(double secondsOfStep)
{
    m_plan.add(secondsOfStep);
    if (m_coolFrom > 0 || m_plan.steps() == m_plannedSteps)
        return;
    m_plannedSteps = m_plan.steps();
    endAfter(m_plannedSteps);
}

void TrainingLoop::coolDown()
{
    const int more = std::max(StepPlan::fewestSteps, m_doneSteps / 5);
    if (m_coolFrom > 0 || m_doneSteps + more >= m_options.steps)
        return;
    m_coolFrom = m_doneSteps;
    endAfter(m_doneSteps + more);
}

void TrainingLoop::endAfter(int steps)
{
    m_options.steps = steps;
    if (m_graphed)
        m_graphed->setAveragedSteps(m_options.averagedShare * steps);
}

void TrainingLoop::drawAhead(Variation variation)
{
    if (m_next.valid())
        m_next.wait(); // a batch that nobody wants any more: one at a time draws
    m_next = std::async(std::launch::async, [this, variation] {
        Drawn drawn;
        for (int i = 0; i < m_options.batch; ++i) {
            drawn.patches.push_back(m_source.draw(m_random, variation == Variation::here));
            drawn.variations.push_back(variation == Variation::onCard
                                           ? PatchVariation::drawn(m_random)
                                           : PatchVariation());
        }
        return drawn;
    });
}

TrainingStep::Batch TrainingLoop::takeBatch()
{
    const std::vector<TrainingPatch> patches = m_next.get().patches;
    const int64_t count = int64_t(patches.size());
    const int64_t side = patches.front().sizePx;
    const at::Tensor grey = at::empty({count, 1, side, side}, at::kFloat);
    const at::Tensor targets = at::empty({count, side, side}, at::kByte);
    const bool isWeighted = !patches.front().weights.empty();
    const at::Tensor weights =
        isWeighted ? at::empty({count, side, side}, at::kFloat) : at::Tensor();
    write(patches, grey, targets);
    for (int64_t i = 0; i < count && isWeighted; ++i)
        std::copy(patches[size_t(i)].weights.begin(), patches[size_t(i)].weights.end(),
                  weights[i].data_ptr<float>());
    return {grey.to(m_device).contiguous(at::MemoryFormat::ChannelsLast),
            answeredFor(targets).to(m_device).to(at::kLong),
            isWeighted ? answeredFor(weights).to(m_device) : at::Tensor()};
}

void TrainingLoop::fill(GraphedTraining::Batch& batch, const Drawn& drawn)
{
    Q_ASSERT(drawn.patches.front().weights.empty());
    write(drawn.patches, batch.grey, batch.targets);
    for (size_t i = 0; i < drawn.variations.size(); ++i)
        deviceAugmentation::write(drawn.variations[i], batch.variations[int64_t(i)]);
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
    drawAhead(m_options.isVaried ? Variation::here : Variation::none);
    return m_step.run(batch, learningRateAt(index), job);
}

double TrainingLoop::learningRateAt(int step) const
{
    if (m_coolFrom > 0 && step >= m_coolFrom) {
        const double left = double(m_options.steps - step) / (m_options.steps - m_coolFrom);
        return plannedRateAt(m_coolFrom) * std::max(lastRateShare, left);
    }
    return plannedRateAt(step);
}

double TrainingLoop::plannedRateAt(int step) const
{
    if (m_options.isRateConstant)
        return m_options.learningRate;
    const int warmUp = std::min(m_options.warmUpSteps, m_plannedSteps / 4);
    if (step < warmUp)
        return m_options.learningRate * (step + 1) / (warmUp + 1);
    const double progress = double(step - warmUp) / std::max(1, m_plannedSteps - warmUp);
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
    for (int i = 0; i < batches; ++i) {
        job.checkCancelled();
        drawAhead(Variation::none);
        withoutTorchErrors([&] { return m_step.forward(takeBatch().grey); });
    }
    for (torch::nn::BatchNorm2d& norm : norms)
        norm->options.momentum(usual);
}

} // namespace emend
