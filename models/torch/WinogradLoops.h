// SPDX-License-Identifier: Apache-2.0

// What WinogradKernels.h declares, for one kind of processor. Included once for each kind, within a
// namespace of its own, with what WideFloats.h wants and
//
//     EMEND_SUMS          registers that hold the sums of a matrix product, and
//     EMEND_BLOCKS        how many blocks of channelStep columns these are of
//
// so that one program runs on every processor, and on each as fast as it can.

namespace {

#include "models/torch/WideFloats.h"

constexpr int vectorsInBlock = channelStep / lanes;

EMEND_WIDE_INLINE Floats larger(Floats a, Floats b)
{
    return a > b ? a : b;
}

/// B^T of six numbers that lie apart by stride.
EMEND_WIDE_INLINE void transformSix(const Floats* d, int stride, Floats* to)
{
    const Floats d1 = d[stride];
    const Floats d2 = d[2 * stride];
    const Floats d3 = d[3 * stride];
    const Floats d4 = d[4 * stride];
    const Floats even = d4 - 4 * d2;
    const Floats odd = d3 - 4 * d1;
    const Floats evenOfTwo = d4 - d2;
    const Floats oddOfTwo = 2 * (d3 - d1);
    to[0] = 4 * d[0] - 5 * d2 + d4;
    to[1] = even + odd;
    to[2] = even - odd;
    to[3] = evenOfTwo + oddOfTwo;
    to[4] = evenOfTwo - oddOfTwo;
    to[5] = 4 * d1 - 5 * d3 + d[5 * stride];
}

/// A^T of six numbers that lie apart by stride: four.
EMEND_WIDE_INLINE void transformSixBack(const Floats* m, int stride, Floats* to, int toStride)
{
    const Floats sum = m[stride] + m[2 * stride];
    const Floats difference = m[stride] - m[2 * stride];
    const Floats sumOfTwo = m[3 * stride] + m[4 * stride];
    const Floats differenceOfTwo = m[3 * stride] - m[4 * stride];
    to[0] = m[0] + sum + sumOfTwo;
    to[toStride] = difference + 2 * differenceOfTwo;
    to[2 * toStride] = sum + 4 * sumOfTwo;
    to[3 * toStride] = difference + 8 * differenceOfTwo + m[5 * stride];
}

/// A of four numbers that lie apart by stride: six.
EMEND_WIDE_INLINE void transformFour(const Floats* e, int stride, Floats* to)
{
    const Floats even = e[0] + e[2 * stride];
    const Floats odd = e[stride] + e[3 * stride];
    const Floats evenOfTwo = e[0] + 4 * e[2 * stride];
    const Floats oddOfTwo = 2 * e[stride] + 8 * e[3 * stride];
    to[0] = e[0];
    to[1] = even + odd;
    to[2] = even - odd;
    to[3] = evenOfTwo + oddOfTwo;
    to[4] = evenOfTwo - oddOfTwo;
    to[5] = e[3 * stride];
}

/// G of three weights that lie apart by stride: six.
EMEND_WIDE_INLINE void transformThree(const Floats* g, int stride, Floats* to)
{
    constexpr float sixth = 1.0F / 6;
    constexpr float twelfth = 1.0F / 12;
    const Floats outer = sixth * (g[0] + g[2 * stride]);
    const Floats middle = sixth * g[stride];
    const Floats outerOfTwo = 0.25F * sixth * g[0] + sixth * g[2 * stride];
    const Floats middleOfTwo = twelfth * g[stride];
    to[0] = 0.25F * g[0];
    to[1] = -outer - middle;
    to[2] = middle - outer;
    to[3] = outerOfTwo + middleOfTwo;
    to[4] = outerOfTwo - middleOfTwo;
    to[5] = g[2 * stride];
}

/// G^T of six numbers that lie apart by stride: three.
EMEND_WIDE_INLINE void transformThreeBack(const Floats* s, int stride, Floats* to, int toStride)
{
    constexpr float sixth = 1.0F / 6;
    const Floats sum = s[stride] + s[2 * stride];
    const Floats sumOfTwo = s[3 * stride] + s[4 * stride];
    to[0] = 0.25F * (s[0] + sixth * sumOfTwo) - sixth * sum;
    to[toStride] = sixth * (s[2 * stride] - s[stride] + 0.5F * (s[3 * stride] - s[4 * stride]));
    to[2 * toStride] = sixth * (sumOfTwo - sum) + s[5 * stride];
}

/// The left matrix of a product, and how far apart its rows are; where it is transposed, how far
/// apart its columns.
struct Left
{
    const float* first;
    ptrdiff_t stride;
};

/// The right matrix: rows of channelStep numbers, in blocks.
struct Right
{
    const float* first;
    ptrdiff_t rowStride;
    ptrdiff_t blockStride;
};

struct Product
{
    float* first;
    ptrdiff_t rowStride;
    Addend addend; ///< as wide and high
};

template <bool isTransposed, bool isAdded, int rows, int blocks>
EMEND_WIDE void multiplyRows(const Left& left, const Right& right, int depth, const Product& to)
{
    constexpr int vectors = blocks * vectorsInBlock;
    Floats sums[rows][vectors] = {};
    const float* numbers = left.first;
    const float* weights = right.first;
    for (int k = 0; k < depth; ++k) {
        Floats values[vectors];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v)
            values[v] =
                load(weights + v / vectorsInBlock * right.blockStride + v % vectorsInBlock * lanes);
#pragma GCC unroll 24
        for (int row = 0; row < rows; ++row) {
            const float number = isTransposed ? numbers[row] : numbers[row * left.stride];
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v)
                sums[row][v] += number * values[v];
        }
        numbers += isTransposed ? left.stride : 1;
        weights += right.rowStride;
    }
#pragma GCC unroll 24
    for (int row = 0; row < rows; ++row) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) {
            if constexpr (isAdded)
                sums[row][v] += load(to.addend.first + row * to.addend.rowStride + v * lanes);
            store(to.first + row * to.rowStride + v * lanes, sums[row][v]);
        }
    }
}

/// The last rows, fewer than most + 1.
template <bool isTransposed, bool isAdded, int most, int blocks>
void multiplyLastRows(int rows, const Left& left, const Right& right, int depth, const Product& to)
{
    if constexpr (most > 0) {
        if (rows == most)
            multiplyRows<isTransposed, isAdded, most, blocks>(left, right, depth, to);
        else
            multiplyLastRows<isTransposed, isAdded, most - 1, blocks>(rows, left, right, depth, to);
    }
}

template <bool isTransposed, bool isAdded, int blocks>
void multiplyColumns(int rows, Left left, const Right& right, int depth, Product to)
{
    constexpr int some = EMEND_SUMS / (blocks * vectorsInBlock);
    const ptrdiff_t step = isTransposed ? some : some * left.stride;
    for (; rows >= some; rows -= some) {
        multiplyRows<isTransposed, isAdded, some, blocks>(left, right, depth, to);
        left.first += step;
        to.first += some * to.rowStride;
        if constexpr (isAdded)
            to.addend.first += some * to.addend.rowStride;
    }
    multiplyLastRows<isTransposed, isAdded, some - 1, blocks>(rows, left, right, depth, to);
}

template <bool isTransposed, bool isAdded>
void multiplyAll(int rows, const Left& left, Right right, int depth, int columns, Product to)
{
    constexpr int some = EMEND_BLOCKS * channelStep;
    for (; columns >= some; columns -= some) {
        multiplyColumns<isTransposed, isAdded, EMEND_BLOCKS>(rows, left, right, depth, to);
        right.first += EMEND_BLOCKS * right.blockStride;
        to.first += some;
        if constexpr (isAdded)
            to.addend.first += some;
    }
    for (; columns > 0; columns -= channelStep) {
        multiplyColumns<isTransposed, isAdded, 1>(rows, left, right, depth, to);
        right.first += right.blockStride;
        to.first += channelStep;
        if constexpr (isAdded)
            to.addend.first += channelStep;
    }
}

/// The four rows of a tile, finished, to the answer.
EMEND_WIDE_INLINE void put(const Floats* tile, const Finish& finish, int channel)
{
    for (int y = 0; y < finish.height; ++y) {
        float* row = finish.answer.first + y * finish.answer.rowStride + channel;
        for (int x = 0; x < finish.width; ++x)
            store(row + x * finish.answer.pixelStride, tile[y * tilePx + x]);
    }
}

EMEND_WIDE_INLINE void putPooled(const Floats* tile, const Finish& finish, int channel)
{
    for (int y = 0; y < finish.height / 2; ++y) {
        float* row = finish.pooled.first + y * finish.pooled.rowStride + channel;
        for (int x = 0; x < finish.width / 2; ++x) {
            const Floats* corner = tile + 2 * y * tilePx + 2 * x;
            store(row + x * finish.pooled.pixelStride,
                  larger(larger(corner[0], corner[1]), larger(corner[tilePx], corner[tilePx + 1])));
        }
    }
}

} // namespace

EMEND_WIDE void transformWeights(const Weights<const float>& weights, float* to,
                                 ptrdiff_t productStride)
{
    for (int output = 0; output < channelStep; output += lanes) {
        Floats taps[9];
        Floats columns[3 * patchPx]; // [x][y]
        const float* first = weights.first + output * weights.outputStride;
        for (int tap = 0; tap < 9; ++tap) {
            const float* from =
                first + tap / 3 * weights.rowStride + tap % 3 * weights.columnStride;
            for (int lane = 0; lane < lanes; ++lane)
                taps[tap][lane] = from[lane * weights.outputStride];
        }
        for (int x = 0; x < 3; ++x)
            transformThree(taps + x, 3, columns + x * patchPx);
        for (int y = 0; y < patchPx; ++y) {
            Floats row[patchPx];
            transformThree(columns + y, patchPx, row);
            for (int x = 0; x < patchPx; ++x)
                store(to + (y * patchPx + x) * productStride + output, row[x]);
        }
    }
}

EMEND_WIDE void transformPatch(const Pixels<const float>& patch, int channels, float* to,
                               ptrdiff_t productStride)
{
    for (int channel = 0; channel < channels; channel += lanes) {
        Floats pixels[products];
        Floats columns[products]; // [x][y]
        for (int y = 0; y < patchPx; ++y) {
            const float* row = patch.first + y * patch.rowStride + channel;
            for (int x = 0; x < patchPx; ++x)
                pixels[y * patchPx + x] = load(row + x * patch.pixelStride);
        }
        for (int x = 0; x < patchPx; ++x)
            transformSix(pixels + x, patchPx, columns + x * patchPx);
        for (int y = 0; y < patchPx; ++y) {
            Floats row[patchPx];
            transformSix(columns + y, patchPx, row);
            for (int x = 0; x < patchPx; ++x)
                store(to + (y * patchPx + x) * productStride + channel, row[x]);
        }
    }
}

void multiply(const float* patches, int count, int inputs, const float* weights, int outputs,
              float* to, const Addend& addend)
{
    const Left left{patches, inputs};
    const Right right{weights, channelStep, ptrdiff_t(inputs) * channelStep};
    if (addend.first != nullptr)
        multiplyAll<false, true>(count, left, right, inputs, outputs, {to, outputs, addend});
    else
        multiplyAll<false, false>(count, left, right, inputs, outputs, {to, outputs, {}});
}

EMEND_WIDE void transformBack(const float* from, ptrdiff_t productStride, int channels,
                              const Finish& finish)
{
    for (int channel = 0; channel < channels; channel += lanes) {
        Floats sums[products];
        Floats columns[tilePx * patchPx]; // [y][x]
        Floats tile[tilePx * tilePx];
        for (int e = 0; e < products; ++e)
            sums[e] = load(from + e * productStride + channel);
        for (int x = 0; x < patchPx; ++x)
            transformSixBack(sums + x, patchPx, columns + x, patchPx);
        for (int y = 0; y < tilePx; ++y)
            transformSixBack(columns + y * patchPx, 1, tile + y * tilePx, 1);
        if (finish.bias != nullptr) {
            const Floats bias = load(finish.bias + channel);
            for (Floats& values : tile)
                values += bias;
        }
        if (finish.isRelu) {
            for (Floats& values : tile)
                values = larger(values, Floats{});
        }
        put(tile, finish, channel);
        if (finish.pooled.first != nullptr)
            putPooled(tile, finish, channel);
    }
}

EMEND_WIDE void transformTile(const Pixels<const float>& tile, int height, int width, int channels,
                              float* to, ptrdiff_t productStride)
{
    for (int channel = 0; channel < channels; channel += lanes) {
        Floats pixels[tilePx * tilePx] = {};
        Floats columns[tilePx * patchPx]; // [x][y]
        for (int y = 0; y < height; ++y) {
            const float* row = tile.first + y * tile.rowStride + channel;
            for (int x = 0; x < width; ++x)
                pixels[y * tilePx + x] = load(row + x * tile.pixelStride);
        }
        for (int x = 0; x < tilePx; ++x)
            transformFour(pixels + x, tilePx, columns + x * patchPx);
        for (int y = 0; y < patchPx; ++y) {
            Floats row[patchPx];
            transformFour(columns + y, patchPx, row);
            for (int x = 0; x < patchPx; ++x)
                store(to + (y * patchPx + x) * productStride + channel, row[x]);
        }
    }
}

void addProducts(const float* patches, ptrdiff_t patchStride, int inputs, const float* tiles,
                 ptrdiff_t tileStride, int outputs, int count, bool isFirst, float* sums)
{
    const Left left{patches, patchStride};
    const Right right{tiles, tileStride, channelStep};
    if (isFirst)
        multiplyAll<true, false>(inputs, left, right, count, outputs, {sums, outputs, {}});
    else
        multiplyAll<true, true>(inputs, left, right, count, outputs,
                                {sums, outputs, {sums, outputs}});
}

EMEND_WIDE void transformWeightsBack(const float* sums, ptrdiff_t productStride,
                                     const Weights<float>& gradient)
{
    for (int output = 0; output < channelStep; output += lanes) {
        Floats numbers[products];
        Floats columns[3 * patchPx]; // [y][x]
        Floats taps[9];
        for (int e = 0; e < products; ++e)
            numbers[e] = load(sums + e * productStride + output);
        for (int x = 0; x < patchPx; ++x)
            transformThreeBack(numbers + x, patchPx, columns + x, patchPx);
        for (int y = 0; y < 3; ++y)
            transformThreeBack(columns + y * patchPx, 1, taps + y * 3, 1);
        float* first = gradient.first + output * gradient.outputStride;
        for (int tap = 0; tap < 9; ++tap) {
            float* to = first + tap / 3 * gradient.rowStride + tap % 3 * gradient.columnStride;
            for (int lane = 0; lane < lanes; ++lane)
                to[lane * gradient.outputStride] = taps[tap][lane];
        }
    }
}

const Loops loops = {transformWeights, transformPatch,      multiply, transformBack, transformTile,
                     addProducts,      transformWeightsBack};
