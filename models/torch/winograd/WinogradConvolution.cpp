// SPDX-License-Identifier: Apache-2.0
#include "models/torch/winograd/WinogradConvolution.h"

#include "models/torch/SharedWork.h"
#include "models/torch/winograd/WinogradTiles.h"

#include <QtGlobal>

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace emend {

namespace {

using namespace winograd;

/// Between the rows of two products: without it, powers of two would put all 36 into the same
/// lines of the cache.
constexpr int64_t gap = 16;

/// Tiles that are computed in one go: their products stay in the cache, and each reading of the
/// weights serves all of them. As measured on a Zen 3 core; a multiple of what multiply takes.
int64_t tilesAtOnce(int inputs, int outputs)
{
    constexpr int64_t least = 24;
    constexpr int64_t most = 48;
    return inputs + outputs > 512 ? most : least;
}

Weights<const float> weightsOf(const at::Tensor& weight, WinogradConvolution::Direction direction)
{
    const float* first = weight.data_ptr<float>();
    if (direction == WinogradConvolution::Direction::forward)
        return {first, weight.stride(0), weight.stride(1), weight.stride(2), weight.stride(3)};
    return {first + 2 * weight.stride(2) + 2 * weight.stride(3), weight.stride(1), weight.stride(0),
            -weight.stride(2), -weight.stride(3)};
}

/// For an answer that is smaller than x on each axis, then divided.
at::Tensor emptyAnswer(const at::Tensor& x, int64_t channels, int64_t shrinkage, int64_t divisor)
{
    return at::empty(
        {x.size(0), channels, (x.size(2) - shrinkage) / divisor, (x.size(3) - shrinkage) / divisor},
        x.options(), at::MemoryFormat::ChannelsLast);
}

/// One convolution at work on some tiles. One for each thread.
template <class Number>
class TileWorker
{
public:
    TileWorker(const std::vector<Images<const float>>& parts, const at::Tensor& weights, int inputs,
               int outputs, const WinogradConvolution::Options& options, const TileGrid& grid,
               int64_t tiles)
        : m_parts(parts)
        , m_weights(firstOf<Number>(weights))
        , m_inputs(inputs / rowsInNumber<Number>)
        , m_outputs(outputs)
        , m_options(options)
        , m_grid(grid)
        , m_patches(products * (tiles * m_inputs + gap))
        , m_sums(products * (tiles * outputs + gap))
        , m_border(products * inputs)
    {
    }

    void run(int64_t first, int64_t count, const std::vector<Images<float>>& answers,
             const std::optional<Images<float>>& pooled)
    {
        const int64_t patchStride = count * m_inputs + gap;
        const int64_t sumStride = count * m_outputs + gap;
        Number* const patches = m_patches.first();
        float* const sums = m_sums.first();
        for (int64_t i = 0; i < count; ++i)
            readPatches(m_grid[first + i], {patches + i * m_inputs, patchStride});
        for (int64_t e = 0; e < products; ++e)
            m_loops.multiply(patches + e * patchStride, int(count), m_inputs,
                             m_weights + e * m_inputs * m_outputs, m_outputs, sums + e * sumStride,
                             {});
        for (int64_t i = 0; i < count; ++i)
            writeTiles(m_grid[first + i], sums + i * m_outputs, sumStride, answers, pooled);
    }

private:
    void readPatches(const TileGrid::Place& tile, Transform<Number> to) const
    {
        for (const Images<const float>& part : m_parts) {
            withPatch(part, tile, m_options.padding, m_border.first(), [&](const auto& patch) {
                m_loops.transformPatchInPairs(patch, part.channels, to);
            });
            to.first += part.channels / rowsInNumber<Number>;
        }
    }

    void writeTiles(const TileGrid::Place& tile, const float* sums, int64_t productStride,
                    const std::vector<Images<float>>& answers,
                    const std::optional<Images<float>>& pooled) const
    {
        Finish finish;
        finish.bias = m_options.bias.defined() ? m_options.bias.data_ptr<float>() : nullptr;
        finish.isRelu = m_options.isRelu;
        for (const Images<float>& answer : answers) {
            finish.height = extentOf(tile.y, answer.height);
            finish.width = extentOf(tile.x, answer.width);
            finish.answer = answer.at(tile.n, tile.y, tile.x);
            if (pooled)
                finish.pooled = pooled->at(tile.n, tile.y / 2, tile.x / 2);
            m_loops.transformBack(sums, productStride, answer.channels, finish);
            sums += answer.channels;
            if (finish.bias != nullptr)
                finish.bias += answer.channels;
        }
    }

    const Loops<Number>& m_loops = loops<Number>();
    const std::vector<Images<const float>>& m_parts;
    const Number* m_weights;
    int m_inputs; ///< or pairs of them
    int m_outputs;
    const WinogradConvolution::Options& m_options;
    const TileGrid& m_grid;
    Memory<Number> m_patches; ///< [36][tile][input], a gap after each of the 36
    Memory<float> m_sums;     ///< [36][tile][output], likewise
    Memory<float> m_border;
};

} // namespace

bool WinogradConvolution::suits(const at::Tensor& weight)
{
    return isSupported() && weight.device().is_cpu() && weight.scalar_type() == at::kFloat &&
           weight.size(2) == 3 && weight.size(3) == 3 && weight.size(0) % channelStep == 0 &&
           weight.size(1) % channelStep == 0;
}

WinogradConvolution::WinogradConvolution(const at::Tensor& weight, Direction direction, bool isBf16)
    : m_inputs(int(weight.size(direction == Direction::forward ? 1 : 0)))
    , m_outputs(int(weight.size(direction == Direction::forward ? 0 : 1)))
    , m_isBf16(isBf16)
    , m_weights(isBf16 ? transformed<Bf16Pair>(weight, direction)
                       : transformed<float>(weight, direction))
{
}

template <class Number>
at::Tensor WinogradConvolution::transformed(const at::Tensor& weight, Direction direction) const
{
    Q_ASSERT(suits(weight));
    const int64_t blocks = m_outputs / channelStep;
    const int64_t steps = m_inputs / channelStep;
    at::Tensor answer =
        emptyNumbers<Number>({products, blocks, m_inputs / rowsInNumber<Number>, channelStep});
    const Weights<const float> weights = weightsOf(weight, direction);
    shareWork(blocks * steps, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            Weights<const float> some = weights;
            some.first +=
                channelStep * (i / steps * weights.outputStride + i % steps * weights.inputStride);
            loops<Number>().transformWeights(
                some,
                firstOf<Number>(answer) + i * channelStep * channelStep / rowsInNumber<Number>,
                answer.stride(0));
        }
    });
    return answer;
}

at::Tensor WinogradConvolution::run(at::TensorList parts, const Options& options) const
{
    return runInParts(parts, options, {m_outputs}).front();
}

std::vector<at::Tensor> WinogradConvolution::runInParts(at::TensorList parts,
                                                        const Options& options,
                                                        at::IntArrayRef channels) const
{
    std::vector<at::Tensor> answers;
    for (const int64_t count : channels)
        answers.push_back(emptyAnswer(parts.front(), count, 2 - 2 * options.padding, 1));
    runTo(answers, {}, parts, options);
    return answers;
}

WinogradConvolution::Pooled WinogradConvolution::runAndPool(at::TensorList parts,
                                                            const Options& options) const
{
    const int64_t shrinkage = 2 - 2 * options.padding;
    Pooled both{emptyAnswer(parts.front(), m_outputs, shrinkage, 1),
                emptyAnswer(parts.front(), m_outputs, shrinkage, 2)};
    runTo(both.answer, both.pooled, parts, options);
    return both;
}

void WinogradConvolution::runTo(at::TensorList answers, const at::Tensor& pooled,
                                at::TensorList parts, const Options& options) const
{
    if (m_isBf16)
        runTo<Bf16Pair>(answers, pooled, parts, options);
    else
        runTo<float>(answers, pooled, parts, options);
}

template <class Number>
void WinogradConvolution::runTo(at::TensorList answers, const at::Tensor& pooled,
                                at::TensorList parts, const Options& options) const
{
    std::vector<at::Tensor> inputs;
    std::vector<Images<const float>> images;
    for (const at::Tensor& part : parts) {
        inputs.push_back(withChannelsLast(part));
        images.emplace_back(inputs.back());
    }
    const at::Tensor& answer = answers.front();
    const TileGrid grid = TileGrid::of(answer.size(0), answer.size(2), answer.size(3));
    const int64_t threads = at::get_num_threads();
    const int64_t some =
        std::min(tilesAtOnce(m_inputs, m_outputs), (grid.count() + threads - 1) / threads);
    const int64_t batches = (grid.count() + some - 1) / some;
    const std::vector<Images<float>> to(answers.begin(), answers.end());
    const auto toPooled = pooled.defined() ? std::optional<Images<float>>(pooled) : std::nullopt;
    shareWork(batches, [&](int64_t begin, int64_t end) {
        TileWorker<Number> worker(images, m_weights, m_inputs, m_outputs, options, grid, some);
        for (int64_t i = begin; i < end; ++i)
            worker.run(i * some, std::min(some, grid.count() - i * some), to, toPooled);
    });
}

} // namespace emend
