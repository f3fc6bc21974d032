// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradKernels.h"

#include <algorithm>

// The rest of the program runs on every x86-64; what is marked so runs where isSupported().
#if defined(__x86_64__)
#define EMEND_WIDE __attribute__((target("avx2,fma")))
#else
#define EMEND_WIDE
#endif
#define EMEND_WIDE_INLINE EMEND_WIDE __attribute__((always_inline)) inline

namespace emend::winograd {

const double weightTransform[patchPx][3] = {
    {1.0 / 4, 0, 0},
    {-1.0 / 6, -1.0 / 6, -1.0 / 6},
    {-1.0 / 6, 1.0 / 6, -1.0 / 6},
    {1.0 / 24, 1.0 / 12, 1.0 / 6},
    {1.0 / 24, -1.0 / 12, 1.0 / 6},
    {0, 0, 1},
};

bool isSupported()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

namespace {

constexpr int lanes = 8;

using Floats = float __attribute__((vector_size(sizeof(float) * lanes)));
using LooseFloats = float __attribute__((vector_size(sizeof(float) * lanes), aligned(4)));

EMEND_WIDE_INLINE Floats load(const float* from)
{
    return *reinterpret_cast<const LooseFloats*>(from);
}

EMEND_WIDE_INLINE void store(float* to, Floats values)
{
    *reinterpret_cast<LooseFloats*>(to) = values;
}

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

/// Rows of patches that one pass of multiply keeps in registers: 6 x 16 sums are 12 of the 16.
constexpr int rowsAtOnce = 6;

template <int rows>
EMEND_WIDE void multiplyRows(const float* patches, int inputChannels, const float* weights,
                             int outputChannels, float* to)
{
    Floats sums[rows][2] = {};
    for (int k = 0; k < inputChannels; ++k) {
        const Floats left = load(weights + k * channelStep);
        const Floats right = load(weights + k * channelStep + lanes);
#pragma GCC unroll 6
        for (int row = 0; row < rows; ++row) {
            const float value = patches[ptrdiff_t(row) * inputChannels + k];
            sums[row][0] += value * left;
            sums[row][1] += value * right;
        }
    }
    for (int row = 0; row < rows; ++row) {
        store(to + ptrdiff_t(row) * outputChannels, sums[row][0]);
        store(to + ptrdiff_t(row) * outputChannels + lanes, sums[row][1]);
    }
}

void multiplyRemainder(int rows, const float* patches, int inputChannels, const float* weights,
                       int outputChannels, float* to)
{
    switch (rows) {
    case 1:
        return multiplyRows<1>(patches, inputChannels, weights, outputChannels, to);
    case 2:
        return multiplyRows<2>(patches, inputChannels, weights, outputChannels, to);
    case 3:
        return multiplyRows<3>(patches, inputChannels, weights, outputChannels, to);
    case 4:
        return multiplyRows<4>(patches, inputChannels, weights, outputChannels, to);
    case 5:
        return multiplyRows<5>(patches, inputChannels, weights, outputChannels, to);
    default:
        return;
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

void multiply(const float* patches, int count, int inputChannels, const float* weights,
              int outputChannels, float* to)
{
    for (int channel = 0; channel < outputChannels; channel += channelStep) {
        const float* some = weights + ptrdiff_t(channel) * inputChannels;
        int row = 0;
        for (; row + rowsAtOnce <= count; row += rowsAtOnce)
            multiplyRows<rowsAtOnce>(patches + ptrdiff_t(row) * inputChannels, inputChannels, some,
                                     outputChannels,
                                     to + ptrdiff_t(row) * outputChannels + channel);
        multiplyRemainder(count - row, patches + ptrdiff_t(row) * inputChannels, inputChannels,
                          some, outputChannels, to + ptrdiff_t(row) * outputChannels + channel);
    }
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

} // namespace emend::winograd
