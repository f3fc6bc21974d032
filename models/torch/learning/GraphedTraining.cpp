// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/GraphedTraining.h"

#include "models/torch/Autocast.h"
#include "models/torch/ChannelsLast.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/learning/DeviceAugmentation.h"
#include "models/torch/learning/Losses.h"
#include "models/torch/learning/TrainingStep.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <c10/util/Exception.h>

#include <algorithm>

namespace emend {

namespace {

constexpr int stepsBeforeRecording = 3; ///< see GraphedInference

enum Control { rate, share };

enum Sum { losses, leftOut };

} // namespace

GraphedTraining::GraphedTraining(UNet network, CardRuntime& runtime, const Options& options)
    : m_network(placedForTraining(std::move(network), runtime.device()))
    , m_runtime(runtime)
    , m_options(options)
    , m_optimiser(m_network->parameters(), options.weightDecay)
    , m_weights(m_network->parameters())
    , m_upload(runtime.makeStream())
    , m_compute(runtime.makeStream())
    , m_download(runtime.makeStream())
{
    if (options.precision == Precision::fp16)
        m_scaler.emplace(runtime.device());
    if (options.averagedSteps > 0) {
        for (const at::Tensor& weight : m_weights)
            m_means.push_back(weight.detach().clone());
    }
    for (Slot& slot : m_slots)
        slot = makeSlot();
    const Batch& like = m_slots[0].card;
    m_batch = {at::zeros_like(like.grey), at::zeros_like(like.targets),
               at::zeros_like(like.variations)};
    m_control = at::zeros_like(m_slots[0].control);
    m_sums = at::zeros_like(m_control);
    m_sums.cpu(); // all of the above was asked for on the usual stream: now it is there
}

GraphedTraining::~GraphedTraining()
{
    try {
        m_compute->mark()->await();
        for (const Report& report : m_reports)
            report.arrived->await();
    } catch (const c10::Error&) {
        // The card is lost, and says so to whoever asks it next.
    }
}

GraphedTraining::Slot GraphedTraining::makeSlot() const
{
    const int64_t n = m_options.batch;
    const int64_t side = m_options.patchPx;
    const std::vector<int64_t> grey = {n, 1, side, side};
    const std::vector<int64_t> targets = {n, side, side};
    const std::vector<int64_t> variations = {n, deviceAugmentation::numbers};
    const at::TensorOptions onCard(m_runtime.device());
    return {{m_runtime.hostTensor(grey, at::kFloat), m_runtime.hostTensor(targets, at::kByte),
             m_runtime.hostTensor(variations, at::kFloat)},
            m_runtime.hostTensor({2}, at::kFloat),
            {at::zeros(grey, onCard.dtype(at::kFloat)), at::zeros(targets, onCard.dtype(at::kByte)),
             at::zeros(variations, onCard.dtype(at::kFloat))},
            at::zeros({2}, onCard.dtype(at::kFloat)),
            nullptr};
}

GraphedTraining::Batch& GraphedTraining::next()
{
    Slot& slot = m_slots[size_t(m_steps % slotCount)];
    if (slot.used)
        slot.used->await();
    return slot.host;
}

/// As in WeightAverage: the plain mean until the horizon is full.
double GraphedTraining::shareOfStep() const
{
    return std::max(1.0 / (m_steps + 1), 1.0 / std::max(1.0, m_options.averagedSteps));
}

void GraphedTraining::step(double learningRate)
{
    Slot& slot = m_slots[size_t(m_steps % slotCount)];
    Q_ASSERT(!slot.used || slot.used->isReached());
    slot.hostControl[rate] = learningRate;
    slot.hostControl[share] = shareOfStep();
    m_upload->run([from = slot.host, fromControl = slot.hostControl, to = slot.card,
                   toControl = slot.control] {
        to.grey.copy_(from.grey, true);
        to.targets.copy_(from.targets, true);
        to.variations.copy_(from.variations, true);
        toControl.copy_(fromControl, true);
    });
    m_compute->waitFor(*m_upload->mark());
    m_compute->run(
        [from = slot.card, fromControl = slot.control, to = m_batch, toControl = m_control] {
            to.grey.copy_(from.grey, true);
            to.targets.copy_(from.targets, true);
            to.variations.copy_(from.variations, true);
            toControl.copy_(fromControl, true);
        });
    slot.used = m_compute->mark();
    learn();
    ++m_steps;
    if (m_steps - m_reportedSteps >= m_options.stepsBetweenLosses)
        sendLosses();
}

void GraphedTraining::learn()
{
    if (!m_graph && m_steps == stepsBeforeRecording) {
        m_compute->mark()->await();
        // Gradients come to lie in the graph's own memory, and stay there: from here on every
        // repetition writes them anew.
        m_optimiser.clearGradients();
        m_graph = m_runtime.record(*m_compute, work());
    }
    if (m_graph)
        m_graph->replay(*m_compute);
    else
        m_compute->run(work());
}

std::function<void()> GraphedTraining::work()
{
    return [this] {
        const deviceAugmentation::Batch batch = deviceAugmentation::apply(
            {m_batch.grey, m_batch.targets.to(at::kLong)}, m_batch.variations);
        at::Tensor logits;
        {
            const Autocast autocast(m_runtime.device().type(), m_options.precision);
            logits = m_network->forward(channelsLast(batch.grey));
        }
        const int64_t side = logits.size(2);
        const int64_t border = (m_options.patchPx - side) / 2;
        const at::Tensor loss =
            correctionLoss(logits, batch.targets.narrow(1, border, side).narrow(2, border, side));
        m_optimiser.clearGradients(); // of the step before; backward() makes new ones
        (m_scaler ? m_scaler->scaled(loss) : loss).sum().backward();

        const at::NoGradGuard noGrad;
        const at::Tensor overflow =
            m_scaler ? m_scaler->unscaleOnDevice(m_optimiser.gradients()) : at::Tensor();
        const at::Tensor norm = m_optimiser.clipGradientsOnDevice(largestGradient);
        at::Tensor isBad = at::isfinite(norm).logical_and_(at::isfinite(loss)).logical_not_();
        if (overflow.defined())
            isBad = isBad.logical_or_(overflow.gt(0.5).squeeze(0));
        const at::Tensor leaveOut = isBad.to(at::kFloat).view({1});
        m_optimiser.stepOnDevice(m_control[rate], leaveOut);
        if (!m_means.empty()) {
            const auto differences = at::_foreach_sub(m_weights, m_means);
            at::_foreach_mul_(differences, m_control[share]);
            at::_foreach_add_(m_means, differences);
        }
        const at::Tensor finite = at::where(isBad, at::zeros_like(loss), loss.detach());
        m_sums.add_(at::stack({finite, leaveOut[0]}));
    };
}

void GraphedTraining::sendLosses()
{
    const at::Tensor onCard = at::empty_like(m_sums);
    const at::Tensor onHost = m_runtime.hostTensor({2}, at::kFloat);
    m_compute->run([from = m_sums, to = onCard] {
        to.copy_(from, true);
        from.zero_();
    });
    m_download->waitFor(*m_compute->mark());
    m_download->run([from = onCard, to = onHost] { to.copy_(from, true); });
    m_reports.push_back({m_steps, m_steps - m_reportedSteps, onCard, onHost, m_download->mark()});
    m_reportedSteps = m_steps;
}

std::vector<GraphedTraining::Losses> GraphedTraining::taken(bool waits)
{
    std::vector<Losses> all;
    while (!m_reports.empty() && (waits || m_reports.front().arrived->isReached())) {
        const Report& report = m_reports.front();
        report.arrived->await();
        const int leftOutSteps = int(report.sums[leftOut].item<float>());
        const int counted = report.steps - leftOutSteps;
        const double sum = report.sums[losses].item<double>();
        all.push_back(
            {report.lastStep, report.steps, leftOutSteps, counted > 0 ? sum / counted : 0});
        m_reports.erase(m_reports.begin());
    }
    return all;
}

std::vector<GraphedTraining::Losses> GraphedTraining::takeLosses()
{
    return taken(false);
}

std::vector<GraphedTraining::Losses> GraphedTraining::finish()
{
    if (m_steps > m_reportedSteps)
        sendLosses();
    const std::vector<Losses> all = taken(true);
    m_compute->mark()->await();
    if (!m_means.empty()) {
        const at::NoGradGuard noGrad;
        at::_foreach_copy_(m_weights, m_means);
    }
    return all;
}

} // namespace emend
