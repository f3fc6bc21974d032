// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// The inner loops of Winograd's 3 x 3 convolution F(4 x 4, 3 x 3), for processors with AVX2 and
/// FMA, and twice as wide for those with AVX-512: 36 products give 4 x 4 pixels of an answer, where
/// adding up directly takes 144.
///
///     Y = A^T [(G g G^T) * (B^T d B)] A
///
/// with a patch d of 6 x 6 pixels, the weights g and the answer Y (Lavin and Gray, "Fast algorithms
/// for convolutional neural networks", CVPR 2016, section 4.3; the points are 0, 1, -1, 2, -2).
/// "*" is element by element, and for many channels becomes one matrix product for each of the 36.
/// Read backwards it gives the gradient of the weights from that of the answer, E:
///
///     gradient of g = G^T [sum over tiles of (B^T d B) * (A E A^T)] G
///
/// Everything is float32 with the channels of a pixel side by side. Plain functions on memory that
/// the caller owns; any thread. Numbers of channels are multiples of channelStep. Strides are in
/// floats.
namespace emend::winograd {

constexpr int tilePx = 4;       ///< side of what one patch answers
constexpr int patchPx = 6;      ///< side of what it is shown
constexpr int products = 36;    ///< for each pair of channels
constexpr int channelStep = 16; ///< channels that are computed side by side

/// Whether this processor can run what follows.
bool isSupported();

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

/// G g G^T for channelStep outputs of one input: product e goes to to[e * productStride], one
/// output beside the other.
void transformWeights(const Weights<const float>& weights, float* to, ptrdiff_t productStride);

/// B^T d B of the patch that begins there, for so many channels: product e goes to
/// to[e * productStride + channel].
void transformPatch(const Pixels<const float>& patch, int channels, float* to,
                    ptrdiff_t productStride);

/// What a product is added to: rows that may be all the same one (0 between them), or what is there
/// already. Without memory nothing.
struct Addend
{
    const float* first = nullptr;
    ptrdiff_t rowStride = 0;
};

/// A product of matrices, of which there are 36: [count][inputs] by weights, and the addend, to
/// [count][outputs]. weights lie as [outputs / channelStep][inputs][channelStep].
void multiply(const float* patches, int count, int inputs, const float* weights, int outputs,
              float* to, const Addend& addend = {});

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

/// A^T m A of one tile, where product e is at from[e * productStride + channel].
void transformBack(const float* from, ptrdiff_t productStride, int channels, const Finish& finish);

/// A E A^T of a tile of which so many rows and columns exist, as transformPatch.
void transformTile(const Pixels<const float>& tile, int height, int width, int channels, float* to,
                   ptrdiff_t productStride);

/// Adds the sum over count tiles of patch (column) by tile (row) to sums, [inputs][outputs].
/// Patches lie apart by patchStride, tiles by tileStride.
void addProducts(const float* patches, ptrdiff_t patchStride, int inputs, const float* tiles,
                 ptrdiff_t tileStride, int outputs, int count, bool isFirst, float* sums);

/// G^T s G for channelStep outputs of one input, where product e of them is at
/// sums[e * productStride].
void transformWeightsBack(const float* sums, ptrdiff_t productStride,
                          const Weights<float>& gradient);

} // namespace emend::winograd
