// SPDX-License-Identifier: Apache-2.0

// The loops of WinogradKernels.h, for one kind of processor. Included once for each kind, within a
// namespace of its own, after WideFloats.h and what says which numbers are multiplied
// (WinogradFloats.h), with
//
//     EMEND_SUMS          registers that hold the sums of a matrix product, and
//     EMEND_BLOCKS        how many blocks of channelStep columns these are of
//
// so that one program runs on every processor, and on each as fast as it can.

namespace {

constexpr int vectorsInBlock = channelStep / lanes;

EMEND_WIDE_INLINE Floats larger(Floats a, Floats b)
{
    return a > b ? a : b;
}

/// The points are 0, near, -near, far, -far.
constexpr float near = 0.75F;
constexpr float far = 1.5F;
constexpr float near2 = near * near;
constexpr float far2 = far * far;

/// One by the product of a point's distances to all others.
constexpr float shareOf0 = 1 / (near2 * far2);
constexpr float shareOfNear = 1 / (2 * near2 * (near2 - far2));
constexpr float shareOfFar = 1 / (2 * far2 * (far2 - near2));

/// B^T of six numbers that lie apart by stride.
EMEND_WIDE_INLINE void transformSix(const Floats* d, int stride, Floats* to)
{
    const Floats d1 = d[stride];
    const Floats d2 = d[2 * stride];
    const Floats d3 = d[3 * stride];
    const Floats d4 = d[4 * stride];
    const Floats evenOfNear = d4 - far2 * d2;
    const Floats oddOfNear = d3 - far2 * d1;
    const Floats evenOfFar = d4 - near2 * d2;
    const Floats oddOfFar = d3 - near2 * d1;
    to[0] = near2 * far2 * d[0] - (near2 + far2) * d2 + d4;
    to[1] = evenOfNear + near * oddOfNear;
    to[2] = evenOfNear - near * oddOfNear;
    to[3] = evenOfFar + far * oddOfFar;
    to[4] = evenOfFar - far * oddOfFar;
    to[5] = near2 * far2 * d1 - (near2 + far2) * d3 + d[5 * stride];
}

/// A^T of six numbers that lie apart by stride: four.
EMEND_WIDE_INLINE void transformSixBack(const Floats* m, int stride, Floats* to, int toStride)
{
    const Floats evenOfNear = m[stride] + m[2 * stride];
    const Floats oddOfNear = near * (m[stride] - m[2 * stride]);
    const Floats evenOfFar = m[3 * stride] + m[4 * stride];
    const Floats oddOfFar = far * (m[3 * stride] - m[4 * stride]);
    to[0] = m[0] + evenOfNear + evenOfFar;
    to[toStride] = oddOfNear + oddOfFar;
    to[2 * toStride] = near2 * evenOfNear + far2 * evenOfFar;
    to[3 * toStride] = near2 * oddOfNear + far2 * oddOfFar + m[5 * stride];
}

/// A of four numbers that lie apart by stride: six.
EMEND_WIDE_INLINE void transformFour(const Floats* e, int stride, Floats* to)
{
    const Floats evenOfNear = e[0] + near2 * e[2 * stride];
    const Floats oddOfNear = e[stride] + near2 * e[3 * stride];
    const Floats evenOfFar = e[0] + far2 * e[2 * stride];
    const Floats oddOfFar = e[stride] + far2 * e[3 * stride];
    to[0] = e[0];
    to[1] = evenOfNear + near * oddOfNear;
    to[2] = evenOfNear - near * oddOfNear;
    to[3] = evenOfFar + far * oddOfFar;
    to[4] = evenOfFar - far * oddOfFar;
    to[5] = e[3 * stride];
}

/// G of three weights that lie apart by stride: six.
EMEND_WIDE_INLINE void transformThree(const Floats* g, int stride, Floats* to)
{
    const Floats evenOfNear = shareOfNear * (g[0] + near2 * g[2 * stride]);
    const Floats oddOfNear = near * shareOfNear * g[stride];
    const Floats evenOfFar = shareOfFar * (g[0] + far2 * g[2 * stride]);
    const Floats oddOfFar = far * shareOfFar * g[stride];
    to[0] = shareOf0 * g[0];
    to[1] = evenOfNear + oddOfNear;
    to[2] = evenOfNear - oddOfNear;
    to[3] = evenOfFar + oddOfFar;
    to[4] = evenOfFar - oddOfFar;
    to[5] = g[2 * stride];
}

/// G^T of six numbers that lie apart by stride: three.
EMEND_WIDE_INLINE void transformThreeBack(const Floats* s, int stride, Floats* to, int toStride)
{
    const Floats evenOfNear = shareOfNear * (s[stride] + s[2 * stride]);
    const Floats oddOfNear = near * shareOfNear * (s[stride] - s[2 * stride]);
    const Floats evenOfFar = shareOfFar * (s[3 * stride] + s[4 * stride]);
    const Floats oddOfFar = far * shareOfFar * (s[3 * stride] - s[4 * stride]);
    to[0] = shareOf0 * s[0] + evenOfNear + evenOfFar;
    to[toStride] = oddOfNear + oddOfFar;
    to[2 * toStride] = near2 * evenOfNear + far2 * evenOfFar + s[5 * stride];
}

#include "models/torch/winograd/WinogradProducts.h"

/// channelStep rows of as many numbers.
template <class Float>
struct Block
{
    Float* first;
    ptrdiff_t rowStride;
    ptrdiff_t columnStride;

    Block turned() const { return {first, columnStride, rowStride}; }

    Float* at(int row, int column) const { return first + row * rowStride + column * columnStride; }
};

/// Numbers at places with this bit in them against those of the other vector without it.
template <int bit, int... place>
EMEND_WIDE_INLINE void exchange(Floats& a, Floats& b, std::integer_sequence<int, place...>)
{
    const Floats low =
        __builtin_shufflevector(a, b, (place & bit ? lanes + place - bit : place)...);
    b = __builtin_shufflevector(a, b, (place & bit ? lanes + place : place + bit)...);
    a = low;
}

/// The transposed of a square matrix.
template <int bit = lanes / 2>
EMEND_WIDE_INLINE void transpose(Floats* rows)
{
    for (int row = 0; row < lanes; ++row) {
        if ((row & bit) == 0)
            exchange<bit>(rows[row], rows[row + bit], std::make_integer_sequence<int, lanes>());
    }
    if constexpr (bit > 1)
        transpose<bit / 2>(rows);
}

/// Quick where on both sides rows or columns are side by side, as those of channels-last weights
/// are.
EMEND_WIDE void copyBlock(Block<const float> from, Block<float> to)
{
    if (from.rowStride == 1) {
        from = from.turned();
        to = to.turned();
    }
    const bool isTurned = to.rowStride == 1;
    if (from.columnStride != 1 || (!isTurned && to.columnStride != 1)) {
        for (int i = 0; i < channelStep * channelStep; ++i)
            *to.at(i / channelStep, i % channelStep) = *from.at(i / channelStep, i % channelStep);
        return;
    }
    for (int row = 0; row < channelStep; row += lanes) {
        for (int column = 0; column < channelStep; column += lanes) {
            Floats rows[lanes];
            for (int i = 0; i < lanes; ++i)
                rows[i] = load(from.at(row + i, column));
            if (isTurned)
                transpose(rows);
            for (int i = 0; i < lanes; ++i)
                store(isTurned ? to.at(row, column + i) : to.at(row + i, column), rows[i]);
        }
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

EMEND_WIDE void transformWeights(const Weights<const float>& weights, Number* first,
                                 ptrdiff_t productStride)
{
    float taps[9][channelStep * channelStep]; // [tap][input][output]
    for (int tap = 0; tap < 9; ++tap)
        copyBlock({weights.first + tap / 3 * weights.rowStride + tap % 3 * weights.columnStride,
                   weights.inputStride, weights.outputStride},
                  {taps[tap], channelStep, 1});
    for (int input = 0; input < channelStep; ++input) {
        Number* const to = first + input / rowsInNumber<Number> * channelStep;
        for (int output = 0; output < channelStep; output += lanes) {
            Floats tapsOfInput[9];
            Floats columns[3 * patchPx]; // [x][y]
            for (int tap = 0; tap < 9; ++tap)
                tapsOfInput[tap] = load(taps[tap] + input * channelStep + output);
            for (int x = 0; x < 3; ++x)
                transformThree(tapsOfInput + x, 3, columns + x * patchPx);
            for (int y = 0; y < patchPx; ++y) {
                Floats row[patchPx];
                transformThree(columns + y, patchPx, row);
                for (int x = 0; x < patchPx; ++x)
                    keep(row[x], to + (y * patchPx + x) * productStride + output,
                         input % rowsInNumber<Number>);
            }
        }
    }
}

/// keepAt: of so many numbers, those of product e for channels from such a one on.
template <class Keep>
EMEND_WIDE_INLINE void transformPatchTo(const Pixels<const float>& patch, int channels,
                                        const Keep& keepAt)
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
                keepAt(row[x], y * patchPx + x, channel);
        }
    }
}

EMEND_WIDE void transformPatch(const Pixels<const float>& patch, int channels,
                               const Transform<Number>& to)
{
    transformPatchTo(patch, channels, [&to](Floats values, int e, int channel) EMEND_WIDE {
        keep(values, to.first + e * to.productStride + channel, to.half);
    });
}

EMEND_WIDE void transformPatchInPairs(const Pixels<const float>& patch, int channels,
                                      const Transform<Number>& to)
{
    transformPatchTo(patch, channels, [&to](Floats values, int e, int channel) EMEND_WIDE {
        keepInPairs(values, to.first + e * to.productStride + channel / rowsInNumber<Number>);
    });
}

void multiply(const Number* patches, int count, int inputs, const Number* weights, int outputs,
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
                              const Transform<Number>& to)
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
                keep(row[x], to.first + (y * patchPx + x) * to.productStride + channel, to.half);
        }
    }
}

void addProducts(const Number* patches, ptrdiff_t patchStride, int inputs, const Number* tiles,
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
                                     ptrdiff_t inputStride, const Weights<float>& gradient)
{
    float taps[9][channelStep * channelStep]; // [tap][input][output]
    for (int input = 0; input < channelStep; ++input) {
        for (int output = 0; output < channelStep; output += lanes) {
            Floats numbers[products];
            Floats columns[3 * patchPx]; // [y][x]
            Floats tapsOfInput[9];
            for (int e = 0; e < products; ++e)
                numbers[e] = load(sums + e * productStride + input * inputStride + output);
            for (int x = 0; x < patchPx; ++x)
                transformThreeBack(numbers + x, patchPx, columns + x, patchPx);
            for (int y = 0; y < 3; ++y)
                transformThreeBack(columns + y * patchPx, 1, tapsOfInput + y * 3, 1);
            for (int tap = 0; tap < 9; ++tap)
                store(taps[tap] + input * channelStep + output, tapsOfInput[tap]);
        }
    }
    for (int tap = 0; tap < 9; ++tap)
        copyBlock({taps[tap], channelStep, 1},
                  {gradient.first + tap / 3 * gradient.rowStride + tap % 3 * gradient.columnStride,
                   gradient.inputStride, gradient.outputStride});
}

} // namespace

const Loops<Number> loops = {transformWeights, transformPatch,      transformPatchInPairs,
                             multiply,         transformBack,       transformTile,
                             addProducts,      transformWeightsBack};
