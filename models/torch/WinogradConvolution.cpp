// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradConvolution.h"

#include "models/torch/WinogradKernels.h"

#include <QtGlobal>

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/matmul.h>

#include <algorithm>
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

/// Channels side by side, else a copy in which they are.
at::Tensor withChannelsLast(const at::Tensor& image)
{
    return image.stride(1) == 1 ? image : image.contiguous(at::MemoryFormat::ChannelsLast);
}

template <class Float>
Pixels<Float> pixelsOf(const at::Tensor& image, int64_t n, int64_t y, int64_t x)
{
    return {image.data_ptr<float>() + n * image.stride(0) + y * image.stride(2) +
                x * image.stride(3),
            image.stride(2), image.stride(3)};
}

/// Where the tiles of a batch lie in its answer.
struct TileGrid
{
    int64_t images;
    int64_t rows;
    int64_t columns;

    int64_t count() const { return images * rows * columns; }

    struct Place
    {
        int64_t n;
        int64_t y;
        int64_t x;
    };

    Place operator[](int64_t i) const
    {
        return {i / (rows * columns), i / columns % rows * tilePx, i % columns * tilePx};
    }
};

/// One convolution at work on some tiles. One for each thread.
class TileWorker
{
public:
    TileWorker(const std::vector<at::Tensor>& parts, const at::Tensor& weights, int inputs,
               int outputs, const WinogradConvolution::Options& options, const TileGrid& grid,
               int64_t tiles)
        : m_parts(parts)
        , m_weights(weights)
        , m_inputs(inputs)
        , m_outputs(outputs)
        , m_options(options)
        , m_grid(grid)
        , m_patches(at::empty({products * (tiles * inputs + gap)}, at::kFloat))
        , m_sums(at::empty({products * (tiles * outputs + gap)}, at::kFloat))
        , m_border(at::empty({products * inputs}, at::kFloat))
    {
    }

    void run(int64_t first, int64_t count, const at::Tensor& answer, const at::Tensor& pooled)
    {
        const int64_t patchStride = count * m_inputs + gap;
        const int64_t sumStride = count * m_outputs + gap;
        float* patches = m_patches.data_ptr<float>();
        float* sums = m_sums.data_ptr<float>();
        for (int64_t i = 0; i < count; ++i)
            readPatch(m_grid[first + i], patches + i * m_inputs, patchStride);
        for (int64_t e = 0; e < products; ++e)
            multiply(patches + e * patchStride, int(count), m_inputs,
                     m_weights.data_ptr<float>() + e * m_inputs * m_outputs, m_outputs,
                     sums + e * sumStride);
        for (int64_t i = 0; i < count; ++i)
            writeTile(m_grid[first + i], sums + i * m_outputs, sumStride, answer, pooled);
    }

private:
    void readPatch(const TileGrid::Place& tile, float* to, int64_t productStride) const
    {
        for (const at::Tensor& part : m_parts) {
            const int channels = int(part.size(1));
            const int64_t y = tile.y - m_options.padding;
            const int64_t x = tile.x - m_options.padding;
            const bool isInside =
                y >= 0 && x >= 0 && y + patchPx <= part.size(2) && x + patchPx <= part.size(3);
            transformPatch(isInside ? pixelsOf<const float>(part, tile.n, y, x)
                                    : bordered(part, tile.n, y, x),
                           channels, to, productStride);
            to += channels;
        }
    }

    /// A copy of the patch with zeros for what is not there.
    Pixels<const float> bordered(const at::Tensor& part, int64_t n, int64_t top, int64_t left) const
    {
        const int64_t channels = part.size(1);
        float* border = m_border.data_ptr<float>();
        std::fill_n(border, products * channels, 0.0F);
        for (int64_t y = std::max<int64_t>(0, -top); y < patchPx && top + y < part.size(2); ++y) {
            for (int64_t x = std::max<int64_t>(0, -left); x < patchPx && left + x < part.size(3);
                 ++x)
                std::copy_n(pixelsOf<const float>(part, n, top + y, left + x).first, channels,
                            border + (y * patchPx + x) * channels);
        }
        return {border, patchPx * channels, channels};
    }

    void writeTile(const TileGrid::Place& tile, const float* sums, int64_t productStride,
                   const at::Tensor& answer, const at::Tensor& pooled) const
    {
        Finish finish;
        finish.bias = m_options.bias.defined() ? m_options.bias.data_ptr<float>() : nullptr;
        finish.isRelu = m_options.isRelu;
        finish.height = int(std::min<int64_t>(tilePx, answer.size(2) - tile.y));
        finish.width = int(std::min<int64_t>(tilePx, answer.size(3) - tile.x));
        finish.answer = pixelsOf<float>(answer, tile.n, tile.y, tile.x);
        if (pooled.defined())
            finish.pooled = pixelsOf<float>(pooled, tile.n, tile.y / 2, tile.x / 2);
        transformBack(sums, productStride, m_outputs, finish);
    }

    const std::vector<at::Tensor>& m_parts;
    const at::Tensor& m_weights;
    int m_inputs;
    int m_outputs;
    const WinogradConvolution::Options& m_options;
    const TileGrid& m_grid;
    at::Tensor m_patches; ///< [36][tile][input], a gap after each of the 36
    at::Tensor m_sums;    ///< [36][tile][output], likewise
    at::Tensor m_border;
};

} // namespace

bool WinogradConvolution::suits(const at::Tensor& weight)
{
    return isSupported() && weight.device().is_cpu() && weight.scalar_type() == at::kFloat &&
           weight.size(2) == 3 && weight.size(3) == 3 && weight.size(0) % channelStep == 0 &&
           weight.size(1) % channelStep == 0;
}

WinogradConvolution::WinogradConvolution(const at::Tensor& weight)
    : m_inputs(int(weight.size(1)))
    , m_outputs(int(weight.size(0)))
{
    Q_ASSERT(suits(weight));
    const at::Tensor g =
        at::from_blob(const_cast<double*>(&weightTransform[0][0]), {patchPx, 3}, at::kDouble);
    const at::Tensor transformed = at::matmul(at::matmul(g, weight.to(at::kDouble)), g.t());
    m_weights = transformed.reshape({m_outputs / channelStep, channelStep, m_inputs, products})
                    .permute({3, 0, 2, 1})
                    .to(at::kFloat)
                    .contiguous();
}

at::Tensor WinogradConvolution::run(at::TensorList parts, const Options& options) const
{
    at::Tensor answer;
    at::Tensor none;
    run(parts, options, answer, none);
    return answer;
}

WinogradConvolution::Pooled WinogradConvolution::runAndPool(at::TensorList parts,
                                                            const Options& options) const
{
    Pooled both;
    const at::Tensor& x = parts.front();
    const int64_t shrinkage = 2 - 2 * options.padding;
    both.pooled =
        at::empty({x.size(0), m_outputs, (x.size(2) - shrinkage) / 2, (x.size(3) - shrinkage) / 2},
                  x.options(), at::MemoryFormat::ChannelsLast);
    run(parts, options, both.answer, both.pooled);
    return both;
}

void WinogradConvolution::run(at::TensorList parts, const Options& options, at::Tensor& answer,
                              at::Tensor& pooled) const
{
    std::vector<at::Tensor> inputs;
    for (const at::Tensor& part : parts)
        inputs.push_back(withChannelsLast(part));
    const at::Tensor& x = inputs.front();
    const int64_t height = x.size(2) - 2 + 2 * options.padding;
    const int64_t width = x.size(3) - 2 + 2 * options.padding;
    answer = at::empty({x.size(0), m_outputs, height, width}, x.options(),
                       at::MemoryFormat::ChannelsLast);

    const TileGrid grid{x.size(0), (height + tilePx - 1) / tilePx, (width + tilePx - 1) / tilePx};
    const int64_t threads = at::get_num_threads();
    const int64_t some =
        std::min(tilesAtOnce(m_inputs, m_outputs), (grid.count() + threads - 1) / threads);
    const int64_t batches = (grid.count() + some - 1) / some;
    at::parallel_for(0, batches, 1, [&](int64_t begin, int64_t end) {
        TileWorker worker(inputs, m_weights, m_inputs, m_outputs, options, grid, some);
        for (int64_t i = begin; i < end; ++i)
            worker.run(i * some, std::min(some, grid.count() - i * some), answer, pooled);
    });
}

} // namespace emend
