// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// The inner loops of Winograd's 3 x 3 convolution F(4 x 4, 3 x 3), for processors with AVX2 and
/// FMA: 36 products give 4 x 4 pixels of an answer, where adding up directly takes 144.
///
///     Y = A^T [(G g G^T) * (B^T d B)] A
///
/// with a patch d of 6 x 6 pixels, the weights g and the answer Y (Lavin and Gray, "Fast algorithms
/// for convolutional neural networks", CVPR 2016, section 4.3; the points are 0, 1, -1, 2, -2).
/// "*" is element by element, and for many channels becomes one matrix product for each of the 36.
///
/// Everything is float32 with the channels of a pixel side by side. Plain functions on memory that
/// the caller owns; any thread. Numbers of channels are multiples of channelStep.
namespace emend::winograd {

constexpr int tilePx = 4;       ///< side of what one patch answers
constexpr int patchPx = 6;      ///< side of what it is shown
constexpr int products = 36;    ///< for each pair of channels
constexpr int channelStep = 16; ///< what multiply computes side by side

/// Whether this processor can run what follows.
bool isSupported();

/// G, from 3 weights in a row to 6.
extern const double weightTransform[patchPx][3];

/// Pixels of an image, or of a part of it; distances in floats.
template <class Float>
struct Pixels
{
    Float* first = nullptr;
    ptrdiff_t rowStride = 0;
    ptrdiff_t pixelStride = 0;
};

/// B^T d B of the patch that begins there, for so many channels (a multiple of 8): product e goes
/// to to[e * productStride + channel].
void transformPatch(const Pixels<const float>& patch, int channels, float* to,
                    ptrdiff_t productStride);

/// One of the 36 matrix products: [count][inputChannels] by weights to [count][outputChannels].
/// weights lie as [outputChannels / channelStep][inputChannels][channelStep].
void multiply(const float* patches, int count, int inputChannels, const float* weights,
              int outputChannels, float* to);

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

} // namespace emend::winograd
