// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cuda/Both.h"

namespace emend::kernels {

/// BatchNorm in training and the ReLU behind it, over a map [rows, channels] (channels last: a row
/// is a pixel). LibTorch's own way goes over the map once more forward (ReLU), twice more backward.
///
/// Forward: statistics (two steps), then apply. Backward: sums (two steps), then the gradient. The
/// first step of a sum gives each of so many strips of rows its own, the second adds them up in a
/// fixed order, so the answer is the same every time. Formulas: Ioffe and Szegedy 2015.
template <class Value>
struct NormReluArguments
{
    const Value* x;     ///< [rows, channels]: whole chunks
    const float* gamma; ///< [channels], as all of one number a channel
    const float* beta;
    float* mean;     ///< written by statistics
    float* inverse;  ///< 1 / sqrt(variance + epsilon), likewise
    float* variance; ///< with rows - 1, for the running statistics
    Value* y;        ///< written by apply
    const Value* dy; ///< backward: the gradient of y
    Value* dx;       ///< written by gradient
    float* dgamma;   ///< written by sums
    float* dbeta;
    float* partial; ///< [2, strips, channels], between the two steps
    int64_t rows;
    int channels;
    int strips;
    float epsilon;

    EMEND_BOTH int chunks() const { return channels / chunkChannels; }

    EMEND_BOTH int64_t stripIndices() const { return int64_t(strips) * chunks(); }

    EMEND_BOTH int64_t mapIndices() const { return rows * chunks(); }
};

template <class Value>
EMEND_BOTH const Chunk<Value>& chunkOf(const Value* map, int64_t row, int chunk, int channels)
{
    return *reinterpret_cast<const Chunk<Value>*>(map + row * channels + chunk * chunkChannels);
}

/// The mean of a strip and the sum of squared differences from it (Welford), so that large means
/// do not swallow small variances. index: strip by strip, chunks side by side.
template <class Value>
EMEND_BOTH void statisticsOfStripAt(const NormReluArguments<Value>& a, int64_t index)
{
    const int strip = int(index / a.chunks());
    const int chunk = int(index % a.chunks());
    float mean[chunkChannels] = {};
    float squares[chunkChannels] = {};
    float count = 0;
    for (int64_t row = strip; row < a.rows; row += a.strips) {
        const Chunk<Value> values = chunkOf(a.x, row, chunk, a.channels);
        count += 1;
        for (int i = 0; i < chunkChannels; ++i) {
            const float difference = toFloat(values.values[i]) - mean[i];
            mean[i] += difference / count;
            squares[i] += difference * (toFloat(values.values[i]) - mean[i]);
        }
    }
    for (int i = 0; i < chunkChannels; ++i) {
        const int64_t place = int64_t(strip) * a.channels + chunk * chunkChannels + i;
        a.partial[place] = mean[i];
        a.partial[int64_t(a.strips) * a.channels + place] = squares[i];
    }
}

/// Strips put together (Chan, Golub and LeVeque 1979). One channel.
template <class Value>
EMEND_BOTH void statisticsAt(const NormReluArguments<Value>& a, int64_t channel)
{
    float mean = 0;
    float squares = 0;
    float count = 0;
    for (int strip = 0; strip < a.strips; ++strip) {
        const float more = float(a.rows / a.strips + (strip < a.rows % a.strips ? 1 : 0));
        if (more == 0)
            continue;
        const int64_t place = int64_t(strip) * a.channels + channel;
        const float difference = a.partial[place] - mean;
        const float all = count + more;
        mean += difference * (more / all);
        squares += a.partial[int64_t(a.strips) * a.channels + place] +
                   difference * difference * (count * (more / all));
        count = all;
    }
    a.mean[channel] = mean;
    a.inverse[channel] = 1 / sqrtf(squares / count + a.epsilon);
    a.variance[channel] = squares / fmaxf(count - 1, 1.0F);
}

template <class Value>
EMEND_BOTH void applyAt(const NormReluArguments<Value>& a, int64_t index)
{
    const int64_t row = index / a.chunks();
    const int chunk = int(index % a.chunks());
    const Chunk<Value> x = chunkOf(a.x, row, chunk, a.channels);
    Chunk<Value> y;
    for (int i = 0; i < chunkChannels; ++i) {
        const int c = chunk * chunkChannels + i;
        const float normed = (toFloat(x.values[i]) - a.mean[c]) * a.inverse[c];
        assign(y.values[i], fmaxf(normed * a.gamma[c] + a.beta[c], 0.0F));
    }
    *reinterpret_cast<Chunk<Value>*>(a.y + row * a.channels + chunk * chunkChannels) = y;
}

/// Of a strip: the gradient of beta, and of gamma. Where ReLU gave 0 nothing comes back.
template <class Value>
EMEND_BOTH void sumsOfStripAt(const NormReluArguments<Value>& a, int64_t index)
{
    const int strip = int(index / a.chunks());
    const int chunk = int(index % a.chunks());
    float dbeta[chunkChannels] = {};
    float dgamma[chunkChannels] = {};
    for (int64_t row = strip; row < a.rows; row += a.strips) {
        const Chunk<Value> x = chunkOf(a.x, row, chunk, a.channels);
        const Chunk<Value> y = chunkOf<Value>(a.y, row, chunk, a.channels);
        const Chunk<Value> dy = chunkOf(a.dy, row, chunk, a.channels);
        for (int i = 0; i < chunkChannels; ++i) {
            if (toFloat(y.values[i]) <= 0)
                continue;
            const int c = chunk * chunkChannels + i;
            const float gradient = toFloat(dy.values[i]);
            dbeta[i] += gradient;
            dgamma[i] += gradient * (toFloat(x.values[i]) - a.mean[c]) * a.inverse[c];
        }
    }
    for (int i = 0; i < chunkChannels; ++i) {
        const int64_t place = int64_t(strip) * a.channels + chunk * chunkChannels + i;
        a.partial[place] = dbeta[i];
        a.partial[int64_t(a.strips) * a.channels + place] = dgamma[i];
    }
}

template <class Value>
EMEND_BOTH void sumsAt(const NormReluArguments<Value>& a, int64_t channel)
{
    float dbeta = 0;
    float dgamma = 0;
    for (int strip = 0; strip < a.strips; ++strip) {
        const int64_t place = int64_t(strip) * a.channels + channel;
        dbeta += a.partial[place];
        dgamma += a.partial[int64_t(a.strips) * a.channels + place];
    }
    a.dbeta[channel] = dbeta;
    a.dgamma[channel] = dgamma;
}

template <class Value>
EMEND_BOTH void gradientAt(const NormReluArguments<Value>& a, int64_t index)
{
    const int64_t row = index / a.chunks();
    const int chunk = int(index % a.chunks());
    const Chunk<Value> x = chunkOf(a.x, row, chunk, a.channels);
    const Chunk<Value> y = chunkOf<Value>(a.y, row, chunk, a.channels);
    const Chunk<Value> dy = chunkOf(a.dy, row, chunk, a.channels);
    Chunk<Value> dx;
    const float share = 1 / float(a.rows);
    for (int i = 0; i < chunkChannels; ++i) {
        const int c = chunk * chunkChannels + i;
        const float gradient = toFloat(y.values[i]) > 0 ? toFloat(dy.values[i]) : 0;
        const float normed = (toFloat(x.values[i]) - a.mean[c]) * a.inverse[c];
        assign(dx.values[i], a.gamma[c] * a.inverse[c] *
                                 (gradient - (a.dbeta[c] + normed * a.dgamma[c]) * share));
    }
    *reinterpret_cast<Chunk<Value>*>(a.dx + row * a.channels + chunk * chunkChannels) = dx;
}

} // namespace emend::kernels
