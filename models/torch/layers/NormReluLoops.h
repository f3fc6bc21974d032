// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// The inner loops of batch normalisation with ReLU where a network learns on the CPU, for
/// processors with AVX2 and FMA. Images lie as pixels with so many channels side by side, a
/// multiple of channelStep; float32. Plain functions on memory that the caller owns; any thread.
namespace emend::normrelu {

constexpr int channelStep = 8;

/// Whether this processor can run what follows.
bool isSupported();

/// One number a channel each.
struct Scale
{
    const float* factor;
    const float* offset;
};

/// Adds (x - shift) and its square of all pixels to sums and squares.
void addMoments(const float* x, ptrdiff_t pixels, int channels, const float* shift, float* sums,
                float* squares);

/// y = max(0, factor x + offset).
void apply(const float* x, ptrdiff_t pixels, int channels, const Scale& scale, float* y);

/// Where y is above 0: adds the gradient of y, and that times (x - mean), to sums and products.
void addGradients(const float* x, const float* ofY, ptrdiff_t pixels, int channels,
                  const Scale& scale, const float* mean, float* sums, float* products);

/// Gradient of x = factor (gradient of y where y is above 0) + slope x + constant.
struct Back
{
    const float* slope;
    const float* constant;
};

void applyBack(const float* x, const float* ofY, ptrdiff_t pixels, int channels, const Scale& scale,
               const Back& back, float* ofX);

} // namespace emend::normrelu
