// SPDX-License-Identifier: Apache-2.0
#include "models/torch/NormReluLoops.h"

#include <algorithm>

// The rest of the program runs on every x86-64; what is marked so runs where isSupported().
#if defined(__x86_64__)
#define EMEND_WIDE __attribute__((target("avx2,fma")))
#else
#define EMEND_WIDE
#endif
#define EMEND_WIDE_INLINE EMEND_WIDE __attribute__((always_inline)) inline

namespace emend::normrelu {

bool isSupported()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

namespace {

constexpr int lanes = channelStep;

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

/// Values where the answer is above 0, else 0.
EMEND_WIDE_INLINE Floats passed(Floats answer, Floats values)
{
    return answer > Floats{} ? values : Floats{};
}

/// So many pixels are gone through for one step of channels after the other: they stay in the
/// nearest cache, and the numbers of the channels in registers.
constexpr ptrdiff_t pixelsAtOnce = 64;

template <class Work>
EMEND_WIDE_INLINE void inBlocks(ptrdiff_t pixels, int channels, const Work& work)
{
    for (ptrdiff_t first = 0; first < pixels; first += pixelsAtOnce) {
        const ptrdiff_t end = (first + std::min(pixelsAtOnce, pixels - first)) * channels;
        for (int channel = 0; channel < channels; channel += lanes)
            work(first * channels + channel, end, channel);
    }
}

} // namespace

EMEND_WIDE void addMoments(const float* x, ptrdiff_t pixels, int channels, const float* shift,
                           float* sums, float* squares)
{
    inBlocks(pixels, channels, [&](ptrdiff_t first, ptrdiff_t end, int channel) EMEND_WIDE {
        const Floats shifted = load(shift + channel);
        Floats sum = load(sums + channel);
        Floats square = load(squares + channel);
        for (ptrdiff_t place = first; place < end; place += channels) {
            const Floats value = load(x + place) - shifted;
            sum += value;
            square += value * value;
        }
        store(sums + channel, sum);
        store(squares + channel, square);
    });
}

EMEND_WIDE void apply(const float* x, ptrdiff_t pixels, int channels, const Scale& scale, float* y)
{
    inBlocks(pixels, channels, [&](ptrdiff_t first, ptrdiff_t end, int channel) EMEND_WIDE {
        const Floats factor = load(scale.factor + channel);
        const Floats offset = load(scale.offset + channel);
        for (ptrdiff_t place = first; place < end; place += channels) {
            const Floats answer = factor * load(x + place) + offset;
            store(y + place, passed(answer, answer));
        }
    });
}

EMEND_WIDE void addGradients(const float* x, const float* ofY, ptrdiff_t pixels, int channels,
                             const Scale& scale, const float* mean, float* sums, float* products)
{
    inBlocks(pixels, channels, [&](ptrdiff_t first, ptrdiff_t end, int channel) EMEND_WIDE {
        const Floats factor = load(scale.factor + channel);
        const Floats offset = load(scale.offset + channel);
        const Floats middle = load(mean + channel);
        Floats sum = load(sums + channel);
        Floats product = load(products + channel);
        for (ptrdiff_t place = first; place < end; place += channels) {
            const Floats value = load(x + place);
            const Floats gradient = passed(factor * value + offset, load(ofY + place));
            sum += gradient;
            product += gradient * (value - middle);
        }
        store(sums + channel, sum);
        store(products + channel, product);
    });
}

EMEND_WIDE void applyBack(const float* x, const float* ofY, ptrdiff_t pixels, int channels,
                          const Scale& scale, const Back& back, float* ofX)
{
    inBlocks(pixels, channels, [&](ptrdiff_t first, ptrdiff_t end, int channel) EMEND_WIDE {
        const Floats factor = load(scale.factor + channel);
        const Floats offset = load(scale.offset + channel);
        const Floats slope = load(back.slope + channel);
        const Floats constant = load(back.constant + channel);
        for (ptrdiff_t place = first; place < end; place += channels) {
            const Floats value = load(x + place);
            const Floats gradient = passed(factor * value + offset, load(ofY + place));
            store(ofX + place, factor * gradient + slope * value + constant);
        }
    });
}

} // namespace emend::normrelu
