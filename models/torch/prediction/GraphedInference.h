// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/SliceNormalisation.h"
#include "models/torch/cards/CardKernels.h"
#include "models/torch/cards/CardRuntime.h"
#include "models/torch/prediction/FoldedUNet.h"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace emend {

/// A network's way from grey tiles in the processor's memory to probabilities there, for batches
/// of one shape: normalising, the network in all its views, softmax, cutting out, the labels and
/// rounding to bytes are one graph, which runs while the batch after it is brought to the card and
/// the batch before it is brought back (three slots, three streams).
///
/// Fill the input of next(), submit(), and take() what was submitted first; never submit more than
/// slotCount batches ahead. A batch may hold fewer tiles than its shape: what lies in the others
/// does not matter. Never run on a card so far; see docs/gpu.md. Compute thread only.
class GraphedInference
{
public:
    static constexpr int slotCount = 3;

    struct Shape
    {
        int batch = 1;
        int widthPx = 0; ///< of the tiles with their margin
        int heightPx = 0;
        int cropX = 0; ///< the answer begins that far inside the network's
        int cropY = 0;
        int answerWidthPx = 0;
        int answerHeightPx = 0;
        int views = 1;
        at::ScalarType greyType = at::kByte;   ///< or float32, for all but plain 8-bit slices
        at::ScalarType answerType = at::kByte; ///< or float32

        /// CardKernels do the last layer, where there are some and they can (bytes, one view, few
        /// classes, as much cut off above as on the left). Off until they were measured.
        bool ownKernels = false;

        auto operator<=>(const Shape&) const = default;
    };

    struct Input
    {
        at::Tensor grey; ///< [batch, 1, h, w] of greyType, in the stack's range
        SliceNormalisation normalisation;
    };

    struct Answer
    {
        at::Tensor probabilities; ///< [batch, classes, h', w']: 0..1, or 0..255 as bytes
        at::Tensor labels;        ///< [batch, h', w'] uint8: the likeliest class, from 1
    };

    /// What is run; all of it on the runtime's device.
    struct Network
    {
        const FoldedUNet& folded;
        at::Tensor headWeight; ///< of the last layer, float32
        at::Tensor headBias;
        at::ScalarType type; ///< of the folded network's maps

        Network(const FoldedUNet& network, const Checkpoint& checkpoint, at::Device device,
                at::ScalarType typeOfMaps);
    };

    /// The network and the runtime must outlive this.
    GraphedInference(const Network& network, CardRuntime& runtime, const Shape& shape);
    ~GraphedInference(); ///< waits until all work is done

    GraphedInference(const GraphedInference&) = delete;
    GraphedInference& operator=(const GraphedInference&) = delete;

    const Shape& shape() const { return m_shape; }

    /// Batches that were submitted and not taken.
    int pending() const { return m_pending; }

    Input& next();
    void submit();

    /// Waits for the oldest batch. The tensors are overwritten slotCount batches later.
    Answer take();

private:
    /// A batch on its way.
    struct Slot
    {
        Input input;
        at::Tensor hostScale; ///< [2]: mean, deviation
        at::Tensor grey;      ///< on the card from here on
        at::Tensor scale;
        at::Tensor probabilities;
        at::Tensor labels;
        Answer answer;
        std::shared_ptr<CardMark> done; ///< null until it was submitted once
    };

    Slot makeSlot() const;
    bool canUseOwnKernels() const;
    std::function<void()> work() const;
    void runGraph();

    Network m_network;
    CardRuntime& m_runtime;
    Shape m_shape;
    std::shared_ptr<CardStream> m_upload;
    std::shared_ptr<CardStream> m_compute;
    std::shared_ptr<CardStream> m_download;
    at::Tensor m_grey; ///< what the graph reads and writes, always in the same place
    at::Tensor m_scale;
    at::Tensor m_probabilities;
    at::Tensor m_labels;
    std::array<Slot, slotCount> m_slots;
    std::unique_ptr<CardGraph> m_graph; ///< after some batches without
    int m_batchesDone = 0;
    int m_next = 0;
    int m_pending = 0;
};

} // namespace emend
