// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/ReferenceLearner.h"

#include "models/torch/Autocast.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"
#include "models/torch/learning/TrainingStep.h"

#include <QThread>

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr double penalty = 5e-4;
constexpr double initialLossScale = 32768; // Keras', half of PyTorch's

KerasAdam::Parameters named(const UNet& network)
{
    KerasAdam::Parameters parameters;
    for (const auto& parameter : network->named_parameters())
        parameters.emplace_back(parameter.key(), parameter.value());
    return parameters;
}

void copyTo(const at::Tensor& tensor, const GreyPlane& plane)
{
    std::copy(plane.values.begin(), plane.values.end(), tensor.data_ptr<float>());
}

at::Tensor greyOf(const ReferenceSection* sections, int count)
{
    constexpr int side = ReferenceSection::inputPx;
    const at::Tensor grey = at::empty({count, 1, side, side}, at::kFloat);
    for (int i = 0; i < count; ++i)
        copyTo(grey[i], sections[i].grey);
    return grey;
}

at::Tensor truthOf(const ReferenceSection* sections, int count)
{
    constexpr int side = ReferenceSection::outputPx;
    const at::Tensor truth = at::empty({count, 2, side, side}, at::kFloat);
    for (int i = 0; i < count; ++i) {
        const auto targets = sections[i].targets();
        for (int64_t c = 0; c < 2; ++c)
            copyTo(truth[i][c], targets[size_t(c)]);
    }
    return truth;
}

ReferenceLosses numbersOf(const ReferenceLoss& loss)
{
    return {loss.crossEntropy.item<double>(), loss.dice.item<double>()};
}

} // namespace

ReferenceLearner::ReferenceLearner(const UNetSpec& spec, Precision precision, int threads,
                                   const ComputeDevice& device)
    : m_network(placedForTraining(UNet(spec), torchDevice(device)))
    , m_precision(precision)
    , m_device(torchDevice(device))
    , m_optimiser(named(m_network), {.penalty = penalty})
{
    at::set_num_threads(threads > 0 ? threads : QThread::idealThreadCount());
    if (precision == Precision::fp16)
        m_scaler.emplace(m_device, LossScaler::State{initialLossScale, 0});
}

ReferenceLoss ReferenceLearner::lossOf(const ReferenceSection* sections, int count)
{
    const at::Tensor grey =
        greyOf(sections, count).to(m_device).contiguous(at::MemoryFormat::ChannelsLast);
    at::Tensor logits;
    {
        const Autocast autocast(m_device.type(), m_precision);
        logits = m_network->forward(grey);
    }
    return ReferenceLoss::of(logits, truthOf(sections, count).to(m_device));
}

ReferenceLosses ReferenceLearner::step(const std::vector<ReferenceSection>& sections, quint64 seed)
{
    return withoutTorchErrors([&] {
        m_network->train();
        torch::manual_seed(seed);
        const ReferenceLoss loss = lossOf(sections.data(), int(sections.size()));
        const ReferenceLosses losses = numbersOf(loss);
        m_wasLeftOut = !m_scaler && !std::isfinite(losses.total());
        if (m_wasLeftOut)
            return losses;
        m_optimiser.clearGradients();
        (m_scaler ? m_scaler->scaled(loss.total()) : loss.total()).backward();
        m_wasLeftOut = m_scaler && !m_scaler->unscale(m_optimiser.gradients());
        if (!m_wasLeftOut)
            m_optimiser.step();
        return losses;
    });
}

ReferenceLosses ReferenceLearner::evaluate(const std::vector<ReferenceSection>& sections, int batch,
                                           JobContext& job)
{
    const at::NoGradGuard noGrad;
    m_network->eval();
    ReferenceLosses sum;
    int batches = 0;
    for (size_t first = 0; first < sections.size(); first += size_t(batch), ++batches) {
        job.checkCancelled();
        job.report(double(first) / double(sections.size()), QString());
        const int count = std::min(batch, int(sections.size() - first));
        const ReferenceLosses losses =
            withoutTorchErrors([&] { return numbersOf(lossOf(&sections[first], count)); });
        sum.crossEntropy += losses.crossEntropy;
        sum.dice += losses.dice;
    }
    return {sum.crossEntropy / batches, sum.dice / batches};
}

ReferenceState ReferenceLearner::state() const
{
    ReferenceState state;
    state.spec = m_network->spec();
    state.weights = m_network->weights();
    KerasAdam::State moments = m_optimiser.state();
    state.updates = moments.updates;
    state.means = std::move(moments.means);
    state.squares = std::move(moments.squares);
    if (m_scaler) {
        state.lossScale = m_scaler->state().scale;
        state.goodSteps = m_scaler->state().goodSteps;
    }
    return state;
}

void ReferenceLearner::restore(const ReferenceState& state)
{
    m_network->setWeights(state.weights);
    m_optimiser.restore({state.updates, state.means, state.squares});
    if (m_scaler)
        m_scaler.emplace(m_device, LossScaler::State{state.lossScale, state.goodSteps});
}

} // namespace emend
