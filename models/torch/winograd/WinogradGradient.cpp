// SPDX-License-Identifier: Apache-2.0
#include "models/torch/winograd/WinogradGradient.h"

#include "models/torch/SharedWork.h"
#include "models/torch/winograd/WinogradTiles.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/sum.h>

namespace emend {

namespace {

using namespace winograd;

/// Tiles whose transforms are in memory at a time: few enough for the cache, and enough that
/// adding to the sums costs little.
constexpr int64_t mostTiles = 48;

/// Each part of the tiles has sums of its own, so that parts can be added up at the same time.
constexpr int64_t tilesOfPart = 8 * mostTiles;
constexpr int64_t mostNumbersOfSums = 4 << 20;

/// What is between two tiles with so many channels. Without a gap powers of two would put them all
/// into the same lines of the cache.
int64_t tileStrideOf(int64_t channels)
{
    constexpr int64_t gap = 16;
    constexpr int64_t manyChannels = 64;
    return channels % manyChannels == 0 ? channels + gap : channels;
}

/// Numbers that so many tiles are.
template <class Number>
int64_t numbersOf(int64_t tiles)
{
    return (tiles + rowsInNumber<Number> - 1) / rowsInNumber<Number>;
}

/// The transforms of some tiles, [36][tile][channel], with gaps.
template <class Number>
struct Transforms
{
    Transforms(int64_t channels, int64_t tiles)
        : tileStride(tileStrideOf(channels))
        , productStride(numbersOf<Number>(tiles) * tileStride)
        , memory(products * productStride)
    {
    }

    Transform<Number> tile(int64_t i) const
    {
        return {memory.first() + i / rowsInNumber<Number> * tileStride, productStride,
                int(i % rowsInNumber<Number>)};
    }

    const Number* product(int64_t e) const { return memory.first() + e * productStride; }

    int64_t tileStride;
    int64_t productStride;
    Memory<Number> memory;
};

template <class Number>
void readTile(const Images<const float>& gradient, const TileGrid::Place& tile,
              const Transform<Number>& to)
{
    loops<Number>().transformTile(gradient.at(tile.n, tile.y, tile.x),
                                  extentOf(tile.y, gradient.height),
                                  extentOf(tile.x, gradient.width), gradient.channels, to);
}

/// How the work is cut: by tiles, and where these are few by inputs too. What is added to what
/// depends on the tiles alone, so the sums are the same with any number of threads.
struct Cut
{
    Cut(int64_t tileCount, int64_t inputs, int64_t outputs)
    {
        const int64_t affordable = mostNumbersOfSums / (products * inputs * outputs);
        parts = std::clamp<int64_t>(tileCount / tilesOfPart, 1, std::max<int64_t>(1, affordable));
        const int64_t threads = at::get_num_threads();
        const int64_t wanted = (threads + parts - 1) / parts;
        const int64_t steps = inputs / channelStep;
        inputsAtOnce = (steps + wanted - 1) / wanted * channelStep;
        blocks = (inputs + inputsAtOnce - 1) / inputsAtOnce;
    }

    int64_t parts;
    int64_t inputsAtOnce;
    int64_t blocks; ///< of inputs
};

/// One convolution's images, and what is made of them.
struct Convolved
{
    std::vector<at::Tensor> parts; ///< of the image
    at::Tensor answer;             ///< its gradient
    int padding;
    TileGrid grid;

    /// Of some inputs, from the parts that have them.
    std::vector<Images<const float>> imagesOf(int64_t first, int64_t count) const
    {
        std::vector<Images<const float>> images;
        int64_t firstOfPart = 0;
        for (const at::Tensor& part : parts) {
            const int64_t from = std::max(first, firstOfPart);
            const int64_t end = std::min(first + count, firstOfPart + part.size(1));
            if (from < end)
                images.emplace_back(part.narrow(1, from - firstOfPart, end - from));
            firstOfPart += part.size(1);
        }
        return images;
    }

    /// Adds up so many tiles for some inputs: to sums, [36][inputs][outputs] with gaps.
    template <class Number>
    void addUp(int64_t firstTile, int64_t tileCount, int64_t firstInput, int64_t inputs,
               float* sums, int64_t productStride) const
    {
        const int64_t some = std::min(mostTiles, tileCount);
        const Transforms<Number> patches(inputs, some);
        const Transforms<Number> tiles(answer.size(1), some);
        const Memory<float> border(products * inputs);
        const std::vector<Images<const float>> images = imagesOf(firstInput, inputs);
        const Images<const float> gradient(answer);
        for (int64_t first = 0; first < tileCount; first += some) {
            const int64_t count = std::min(some, tileCount - first);
            for (int64_t i = 0; i < count; ++i) {
                const TileGrid::Place place = grid[firstTile + first + i];
                Transform<Number> to = patches.tile(i);
                for (const Images<const float>& image : images) {
                    withPatch(image, place, padding, border.first(), [&](const auto& patch) {
                        loops<Number>().transformPatch(patch, image.channels, to);
                    });
                    to.first += image.channels;
                }
                readTile(gradient, place, tiles.tile(i));
            }
            for (int64_t e = 0; e < products; ++e)
                loops<Number>().addProducts(patches.product(e), patches.tileStride, int(inputs),
                                            tiles.product(e), tiles.tileStride, int(answer.size(1)),
                                            int(numbersOf<Number>(count)), first == 0,
                                            sums + e * productStride);
        }
    }
};

/// From sums, [36][inputs][outputs].
at::Tensor transformedBack(const at::Tensor& sums)
{
    const int64_t inputs = sums.size(1);
    const int64_t outputs = sums.size(2);
    at::Tensor gradient =
        at::empty({outputs, inputs, 3, 3}, sums.options(), at::MemoryFormat::ChannelsLast);
    const int64_t blocks = outputs / channelStep;
    shareWork(blocks * (inputs / channelStep), [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const int64_t input = i / blocks * channelStep;
            const int64_t output = i % blocks * channelStep;
            loops<float>().transformWeightsBack(
                sums.data_ptr<float>() + input * outputs + output, sums.stride(0), outputs,
                {gradient.data_ptr<float>() + output * gradient.stride(0) +
                     input * gradient.stride(1),
                 gradient.stride(0), gradient.stride(1), gradient.stride(2), gradient.stride(3)});
        }
    });
    return gradient;
}

template <class Number>
at::Tensor weightGradient(const Convolved& convolved, int64_t inputs)
{
    const int64_t outputs = convolved.answer.size(1);
    const int64_t tiles = convolved.grid.count();
    const Cut cut(tiles, inputs, outputs);
    const at::Tensor sums = at::empty({cut.parts, products, inputs, outputs}, at::kFloat);
    shareWork(cut.parts * cut.blocks, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const int64_t part = i / cut.blocks;
            const int64_t firstTile = part * tiles / cut.parts;
            const int64_t endTile = (part + 1) * tiles / cut.parts;
            const int64_t firstInput = i % cut.blocks * cut.inputsAtOnce;
            convolved.addUp<Number>(firstTile, endTile - firstTile, firstInput,
                                    std::min(cut.inputsAtOnce, inputs - firstInput),
                                    sums.data_ptr<float>() + part * sums.stride(0) +
                                        firstInput * outputs,
                                    sums.stride(1));
        }
    });
    return transformedBack(cut.parts == 1 ? sums[0] : sums.sum(0));
}

} // namespace

at::Tensor winogradWeightGradient(at::TensorList parts, const at::Tensor& gradient, int padding,
                                  bool isBf16)
{
    Convolved convolved{{},
                        withChannelsLast(gradient),
                        padding,
                        TileGrid::of(gradient.size(0), gradient.size(2), gradient.size(3))};
    int64_t inputs = 0;
    for (const at::Tensor& part : parts) {
        convolved.parts.push_back(withChannelsLast(part));
        inputs += part.size(1);
    }
    return isBf16 ? weightGradient<Bf16Pair>(convolved, inputs)
                  : weightGradient<float>(convolved, inputs);
}

} // namespace emend
