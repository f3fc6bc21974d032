// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/GraphedInference.h"

#include "models/torch/TensorBridge.h"
#include "models/torch/prediction/TileViews.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

namespace emend {

namespace {

/// Libraries look for their fastest kernels, and fetch memory, in the first runs; only what they
/// do ever after may be recorded.
constexpr int runsBeforeRecording = 3;

} // namespace

GraphedInference::Network::Network(const FoldedUNet& network, const Checkpoint& checkpoint,
                                   at::Device device, at::ScalarType typeOfMaps)
    : folded(network)
    , headWeight(toTensor(checkpoint.weights.at("head.weight")).to(device))
    , headBias(toTensor(checkpoint.weights.at("head.bias")).to(device))
    , type(typeOfMaps)
{
}

GraphedInference::GraphedInference(const Network& network, CardRuntime& runtime, const Shape& shape)
    : m_network(network)
    , m_runtime(runtime)
    , m_shape(shape)
    , m_upload(runtime.makeStream())
    , m_compute(runtime.makeStream())
    , m_download(runtime.makeStream())
{
    for (Slot& slot : m_slots)
        slot = makeSlot();
    m_grey = at::zeros_like(m_slots[0].grey);
    m_scale = at::ones_like(m_slots[0].scale);
    m_probabilities = at::zeros_like(m_slots[0].probabilities);
    m_labels = at::zeros_like(m_slots[0].labels);
    // All of the above was asked for on the usual stream, where nobody else waits for it.
    m_grey.sum().cpu();
}

GraphedInference::~GraphedInference()
{
    try {
        for (const Slot& slot : m_slots) {
            if (slot.done)
                slot.done->await();
        }
    } catch (const c10::Error&) {
        // The card is lost, and says so to whoever asks it next.
    }
}

GraphedInference::Slot GraphedInference::makeSlot() const
{
    const std::vector<int64_t> grey = {m_shape.batch, 1, m_shape.heightPx, m_shape.widthPx};
    const std::vector<int64_t> answer = {m_shape.batch, m_network.headBias.numel(),
                                         m_shape.answerHeightPx, m_shape.answerWidthPx};
    const std::vector<int64_t> labels = {answer[0], answer[2], answer[3]};
    const auto onCard = [this](const std::vector<int64_t>& sizes, at::ScalarType type) {
        return at::zeros(sizes, at::TensorOptions(m_runtime.device()).dtype(type));
    };
    Slot slot;
    slot.input.grey = m_runtime.hostTensor(grey, m_shape.greyType).zero_();
    slot.hostScale = m_runtime.hostTensor({2}, at::kFloat);
    slot.answer = {m_runtime.hostTensor(answer, m_shape.answerType),
                   m_runtime.hostTensor(labels, at::kByte)};
    slot.grey = onCard(grey, m_shape.greyType);
    slot.scale = onCard({2}, at::kFloat);
    slot.probabilities = onCard(answer, m_shape.answerType);
    slot.labels = onCard(labels, at::kByte);
    return slot;
}

bool GraphedInference::canUseOwnKernels() const
{
    const CardKernels* kernels = m_runtime.kernels();
    return m_shape.ownKernels && kernels && m_shape.views == 1 && m_shape.answerType == at::kByte &&
           m_shape.cropX == m_shape.cropY && m_network.type != at::kHalf &&
           m_network.headBias.numel() <= kernels->mostClasses();
}

/// From m_grey and m_scale to m_probabilities and m_labels.
std::function<void()> GraphedInference::work() const
{
    return [this, kernels = canUseOwnKernels() ? m_runtime.kernels() : nullptr] {
        const c10::InferenceMode inference;
        const auto unhurried = [] {
        };
        const at::Tensor input = m_grey.to(at::kFloat)
                                     .sub(m_scale[0])
                                     .div(m_scale[1])
                                     .clamp_(-SliceNormalisation::limit, SliceNormalisation::limit)
                                     .to(m_network.type);
        if (kernels) {
            const at::Tensor features = m_network.folded.features(input, unhurried);
            kernels->head(features, m_network.headWeight, m_network.headBias, m_shape.cropX,
                          m_probabilities, m_labels);
            return;
        }
        const auto answerOf = [&](const at::Tensor& view) {
            return m_network.folded.probabilities(view, unhurried);
        };
        const at::Tensor answer = tileViews::meanOver(input, m_shape.views, answerOf)
                                      .narrow(2, m_shape.cropY, m_shape.answerHeightPx)
                                      .narrow(3, m_shape.cropX, m_shape.answerWidthPx);
        m_labels.copy_(answer.argmax(1).add_(1));
        const bool isBytes = m_shape.answerType == at::kByte;
        m_probabilities.copy_(isBytes ? answer.mul(255).round_() : answer);
    };
}

GraphedInference::Input& GraphedInference::next()
{
    Q_ASSERT(m_pending < slotCount);
    return m_slots[size_t(m_next)].input;
}

void GraphedInference::submit()
{
    Q_ASSERT(m_pending < slotCount);
    Slot& slot = m_slots[size_t(m_next)];
    slot.hostScale[0] = slot.input.normalisation.mean;
    slot.hostScale[1] = slot.input.normalisation.deviation;
    m_upload->run(
        [from = slot.input.grey, to = slot.grey, fromScale = slot.hostScale, toScale = slot.scale] {
            to.copy_(from, true);
            toScale.copy_(fromScale, true);
        });
    m_compute->waitFor(*m_upload->mark());
    m_compute->run([from = slot.grey, to = m_grey, fromScale = slot.scale, toScale = m_scale] {
        to.copy_(from, true);
        toScale.copy_(fromScale, true);
    });
    runGraph();
    m_compute->run([from = m_probabilities, to = slot.probabilities, fromLabels = m_labels,
                    toLabels = slot.labels] {
        to.copy_(from, true);
        toLabels.copy_(fromLabels, true);
    });
    m_download->waitFor(*m_compute->mark());
    m_download->run([from = slot.probabilities, fromLabels = slot.labels, to = slot.answer] {
        to.probabilities.copy_(from, true);
        to.labels.copy_(fromLabels, true);
    });
    slot.done = m_download->mark();
    m_next = (m_next + 1) % slotCount;
    ++m_pending;
}

void GraphedInference::runGraph()
{
    if (!m_graph && m_batchesDone == runsBeforeRecording) {
        m_compute->mark()->await();
        m_graph = m_runtime.record(*m_compute, work());
    }
    if (m_graph)
        m_graph->replay(*m_compute);
    else
        m_compute->run(work());
    ++m_batchesDone;
}

GraphedInference::Answer GraphedInference::take()
{
    Q_ASSERT(m_pending > 0);
    const Slot& slot = m_slots[size_t((m_next + slotCount - m_pending) % slotCount)];
    slot.done->await();
    --m_pending;
    return slot.answer;
}

} // namespace emend
