// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/NormReluLoops.h"

#include "models/torch/Processor.h"

#include <algorithm>

#define EMEND_WIDE EMEND_AVX2
#define EMEND_LANES 8

namespace emend::normrelu {

bool isSupported()
{
    return hasAvx2();
}

namespace {

#include "models/torch/WideFloats.h"

static_assert(lanes == channelStep);

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
