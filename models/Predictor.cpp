// SPDX-License-Identifier: Apache-2.0
#include "models/Predictor.h"

#include "models/slices/MembranePolarity.h"
#include "models/torch/prediction/ReferenceInference.h"
#include "models/torch/prediction/TiledInference.h"

#include <algorithm>
#include <malloc.h>
#include <optional>

namespace emend {

namespace {

constexpr int blockPx = 2048;

PredictorOptions resolved(PredictorOptions options, const ComputeDevice& device)
{
    options.precision = device.resolve(options.precision);
    return options;
}

/// As few as possible, and all of one size but the last ones, which are a little smaller: where
/// shapes are few a card need not prepare itself for each.
std::vector<Rect> blocksOf(const ImageStack& stack)
{
    constexpr int multiplePx = 64; // of every network's stride
    const Rect slice = stack.size().sliceRect();
    const auto side = [](int length) {
        const int count = (length + blockPx - 1) / blockPx;
        return roundedUp((length + count - 1) / count, multiplePx);
    };
    const int width = side(slice.width);
    const int height = side(slice.height);
    std::vector<Rect> blocks;
    for (int y = 0; y < slice.height; y += height) {
        for (int x = 0; x < slice.width; x += width)
            blocks.push_back(Rect{x, y, width, height}.intersected(slice));
    }
    return blocks;
}

/// Tiles begin at multiples of the network's stride, wherever the block begins.
Rect alignedTo(int stride, Rect rect)
{
    const int left = rect.x / stride * stride;
    const int top = rect.y / stride * stride;
    return {left, top, rect.right() - left, rect.bottom() - top};
}

void insert(const ProbabilityMap& block, Rect rect, ProbabilityMap& map)
{
    for (int c = 0; c < map.classCount; ++c) {
        const auto from = block.plane(c + 1);
        float* to = map.values.data() + size_t(c) * size_t(map.width) * size_t(map.height);
        for (int y = 0; y < rect.height; ++y)
            std::copy_n(from.begin() + ptrdiff_t(y) * rect.width, rect.width,
                        to + size_t(rect.y + y) * size_t(map.width) + rect.x);
    }
}

} // namespace

struct Predictor::Network
{
    std::optional<TiledInference> tiles;
    std::optional<ReferenceInference> whole; ///< instead, for models of the reference recipe

    Network(const Checkpoint& checkpoint, const ComputeDevice& device,
            const PredictorOptions& options)
    {
        if (checkpoint.seesWholeSlices())
            whole.emplace(checkpoint, device, options.precision, options.threads);
        else
            tiles.emplace(checkpoint, device, options);
    }
};

Predictor::Predictor(std::shared_ptr<const Checkpoint> checkpoint, ComputeDevice device,
                     PredictorOptions options)
    : m_checkpoint(std::move(checkpoint))
    , m_network(std::make_unique<Network>(*m_checkpoint, device, resolved(options, device)))
{
}

Predictor::~Predictor()
{
    m_network.reset();
    malloc_trim(0); // the allocator keeps what it has while a network runs; now others may
}

std::optional<bool> Predictor::brightMembranesOf(const ImageStack& stack) const
{
    return m_knownStack == &stack ? std::optional(m_hasBrightMembranes) : std::nullopt;
}

void Predictor::setBrightMembranes(const ImageStack& stack, bool areBright)
{
    m_knownStack = &stack;
    m_hasBrightMembranes = areBright;
}

SliceNormalisation Predictor::normalisationOf(const ImageStack& stack, const ScaledSlice& slice)
{
    if (m_knownStack != &stack)
        setBrightMembranes(stack, hasBrightMembranes(stack, slice.scale()));
    return SliceNormalisation::of(slice, m_hasBrightMembranes);
}

ProbabilityMap Predictor::predictBlock(const ScaledSlice& slice,
                                       const SliceNormalisation& normalisation, Rect block,
                                       JobContext& job)
{
    const Rect area = alignedTo(m_checkpoint->spec.stride(), slice.needed(block));
    const auto planes = m_network->tiles->run(slice, normalisation, area, job);
    ProbabilityMap map{block.width, block.height, m_checkpoint->spec.classCount, {}};
    for (const std::vector<float>& plane : planes) {
        const std::vector<float> atStack = slice.toStack(plane, area, block);
        map.values.insert(map.values.end(), atStack.begin(), atStack.end());
    }
    return map;
}

void Predictor::predictWhole(const ImageStack& stack, int z, const std::vector<Rect>& blocks,
                             JobContext& job, const BlockSink& sink)
{
    const std::vector<GreyPlane> planes = m_network->whole->run(stack, z, job);
    for (const Rect& block : blocks) {
        ProbabilityMap map{block.width, block.height, m_checkpoint->spec.classCount, {}};
        for (const GreyPlane& plane : planes) {
            const auto atStack = ReferenceInference::toStack(plane, stack.size(), block);
            map.values.insert(map.values.end(), atStack.begin(), atStack.end());
        }
        sink(block, map);
    }
}

ProbabilityMap Predictor::predictRect(const ImageStack& stack, int z, Rect rect,
                                      VoxelSize voxelSize, JobContext& job)
{
    if (m_network->whole) {
        ProbabilityMap answer;
        predictWhole(stack, z, {rect}, job,
                     [&answer](Rect, const ProbabilityMap& map) { answer = map; });
        return answer;
    }
    const ScaledSlice slice(stack, z, scaleFor(voxelSize, *m_checkpoint));
    return predictBlock(slice, normalisationOf(stack, slice), rect, job);
}

void Predictor::predictBlocks(const ImageStack& stack, int z, VoxelSize voxelSize, JobContext& job,
                              const BlockSink& sink)
{
    if (m_network->whole) {
        predictWhole(stack, z, blocksOf(stack), job, sink);
        return;
    }
    const ScaledSlice slice(stack, z, scaleFor(voxelSize, *m_checkpoint));
    const SliceNormalisation normalisation = normalisationOf(stack, slice);
    const std::vector<Rect> blocks = blocksOf(stack);
    for (size_t i = 0; i < blocks.size(); ++i) {
        JobContext part = job.part(double(i) / blocks.size(), double(i + 1) / blocks.size());
        sink(blocks[i], predictBlock(slice, normalisation, blocks[i], part));
    }
}

ProbabilityMap Predictor::predictSlice(const ImageStack& stack, int z, VoxelSize voxelSize,
                                       JobContext& job)
{
    const VolumeSize size = stack.size();
    ProbabilityMap map{size.width, size.height, m_checkpoint->spec.classCount, {}};
    map.values.resize(size_t(size.pixelsPerSlice()) * size_t(map.classCount));
    predictBlocks(stack, z, voxelSize, job,
                  [&map](Rect rect, const ProbabilityMap& block) { insert(block, rect, map); });
    return map;
}

void Predictor::predict(const ImageStack& stack, const SliceRange& slices, VoxelSize voxelSize,
                        JobContext& job, const Sink& sink)
{
    const int count = slices.count();
    for (int i = 0; i < count; ++i) {
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        sink(slices[i], predictSlice(stack, slices[i], voxelSize, part));
    }
}

} // namespace emend
