// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// The inner loops of Winograd's 3 x 3 convolution F(4 x 4, 3 x 3), for processors with AVX2 and
/// FMA, and twice as wide for those with AVX-512: 36 products give 4 x 4 pixels of an answer, where
/// adding up directly takes 144.
///
///     Y = A^T [(G g G^T) * (B^T d B)] A
///
/// with a patch d of 6 x 6 pixels, the weights g and the answer Y (Lavin and Gray, "Fast algorithms
/// for convolutional neural networks", CVPR 2016, section 4.3). "*" is element by element, and for
/// many channels becomes one matrix product for each of the 36. Read backwards it gives the
/// gradient of the weights from that of the answer, E:
///
///     gradient of g = G^T [sum over tiles of (B^T d B) * (A E A^T)] G
///
/// The method multiplies polynomials by their values at some points. Theirs are 0, 1, -1, 2, -2;
/// these are 0, 3/4, -3/4, 3/2, -3/2, which halves the error of rounding (and no pair a, b of
/// points a, -a, b, -b tried between 0.3 and 2.2 is better by more than a thirtieth).
///
/// Images are float32 with the channels of a pixel side by side. What is multiplied is either
/// float32 too, or of pairs of bfloat16 numbers, whose products are added up in float32. Plain
/// functions on memory that the caller owns; any thread. Numbers of channels are multiples of
/// channelStep. Strides are in the numbers that a pointer is of.
namespace emend::winograd {

constexpr int tilePx = 4;       ///< side of what one patch answers
constexpr int patchPx = 6;      ///< side of what it is shown
constexpr int products = 36;    ///< for each pair of channels
constexpr int channelStep = 16; ///< channels that are computed side by side

/// Two bfloat16 numbers, the first in the lower half, of rows or columns that are side by side: a
/// product of two pairs adds both products.
struct Bf16Pair
{
    std::uint32_t bits = 0;
};

/// Rows of a matrix that one number stands for.
template <class Number>
constexpr int rowsInNumber = 1;

template <>
inline constexpr int rowsInNumber<Bf16Pair> = 2;

/// Whether this processor can run loops<float>().
bool isSupported();

/// Whether it can run loops<Bf16Pair>(), and faster than those: on AMD's processors from Zen 4 on.
/// Intel's that have the instruction multiply as fast in float32.
bool hasFastBf16();

/// Pixels of an image, or of a part of it.
template <class Float>
struct Pixels
{
    Float* first = nullptr;
    ptrdiff_t rowStride = 0;
    ptrdiff_t pixelStride = 0;
};

/// 3 x 3 weights between channels.
template <class Float>
struct Weights
{
    Float* first = nullptr;
    ptrdiff_t outputStride = 0;
    ptrdiff_t inputStride = 0;
    ptrdiff_t rowStride = 0;
    ptrdiff_t columnStride = 0;
};

/// Where a transform goes: product e of channel c to first[e * productStride + c], one channel
/// beside the other.
template <class Number>
struct Transform
{
    Number* first = nullptr;
    ptrdiff_t productStride = 0;
    int half = 0; ///< of the pairs; the first half clears the second, so it comes first
};

/// What a product is added to: rows that may be all the same one (0 between them), or what is there
/// already. Without memory nothing.
struct Addend
{
    const float* first = nullptr;
    ptrdiff_t rowStride = 0;
};

/// What is made of the sums.
struct Finish
{
    const float* bias = nullptr; ///< one a channel; without it nothing is added
    bool isRelu = false;
    int height = tilePx; ///< so many rows and columns of the tile exist
    int width = tilePx;
    Pixels<float> answer;
    Pixels<float> pooled; ///< the largest of each 2 x 2 whole pixels; without memory not wanted
};

/// Number: float or Bf16Pair, what is multiplied.
template <class Number>
struct Loops
{
    /// G g G^T for channelStep outputs of as many inputs, or pairs of them: product e of an input's
    /// outputs goes to first[e * productStride + input * channelStep]. Quick where outputs or
    /// inputs are side by side.
    void (*transformWeights)(const Weights<const float>& weights, Number* first,
                             ptrdiff_t productStride);

    /// B^T d B of the patch that begins there, for so many channels.
    void (*transformPatch)(const Pixels<const float>& patch, int channels,
                           const Transform<Number>& to);

    /// The same with pairs of channels: as multiply wants its patches. Channel c goes to
    /// first[e * productStride + c / rowsInNumber].
    void (*transformPatchInPairs)(const Pixels<const float>& patch, int channels,
                                  const Transform<Number>& to);

    /// A product of matrices, of which there are 36: [count][inputs] by weights, and the addend, to
    /// [count][outputs]. Weights lie as [outputs / channelStep][inputs][channelStep]. Of pairs
    /// there are half as many inputs.
    void (*multiply)(const Number* patches, int count, int inputs, const Number* weights,
                     int outputs, float* to, const Addend& addend);

    /// A^T m A of one tile, where product e is at from[e * productStride + channel].
    void (*transformBack)(const float* from, ptrdiff_t productStride, int channels,
                          const Finish& finish);

    /// A E A^T of a tile of which so many rows and columns exist, as transformPatch.
    void (*transformTile)(const Pixels<const float>& tile, int height, int width, int channels,
                          const Transform<Number>& to);

    /// Adds the sum over count tiles of patch (column) by tile (row) to sums, [inputs][outputs].
    /// Patches lie apart by patchStride, tiles by tileStride. Of pairs there are half as many.
    void (*addProducts)(const Number* patches, ptrdiff_t patchStride, int inputs,
                        const Number* tiles, ptrdiff_t tileStride, int outputs, int count,
                        bool isFirst, float* sums);

    /// G^T s G for channelStep outputs of as many inputs, where product e of an input's outputs is
    /// at sums[e * productStride + input * inputStride].
    void (*transformWeightsBack)(const float* sums, ptrdiff_t productStride, ptrdiff_t inputStride,
                                 const Weights<float>& gradient);
};

/// The fastest for this processor.
template <class Number>
const Loops<Number>& loops();

template <>
const Loops<float>& loops();
template <>
const Loops<Bf16Pair>& loops();

} // namespace emend::winograd
