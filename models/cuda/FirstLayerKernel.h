// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cuda/Both.h"

namespace emend::kernels {

/// Normalising grey values and the network's first convolution with its ReLU in one pass: reads
/// the grey values as they are in the stack and writes the first map. LibTorch's own way makes
/// three or four maps of grey values, and cuDNN has no good kernel for a single input channel.
template <class Grey, class Feature>
struct FirstLayerArguments
{
    const Grey* grey;     ///< [n, height, width] uint8 or float
    const float* scale;   ///< [2]: mean, deviation
    const float* weights; ///< [9, channels]: of each tap, row after row, all channels
    const float* bias;    ///< [channels]
    Feature* answer;      ///< [n, answerHeight, answerWidth, channels]: channels last
    int64_t images;
    int height;
    int width;
    int channels; ///< whole chunks
    int padding;  ///< 1: the answer is as large as the image, beyond it everything is 0; 0: none
    float limit;  ///< of normalised values

    EMEND_BOTH int answerHeight() const { return height - 2 + 2 * padding; }

    EMEND_BOTH int answerWidth() const { return width - 2 + 2 * padding; }

    EMEND_BOTH int64_t indices() const { return images * answerHeight() * answerWidth(); }
};

/// One pixel of the answer, all channels.
template <class Grey, class Feature>
EMEND_BOTH void firstLayerAt(const FirstLayerArguments<Grey, Feature>& a, int64_t index)
{
    const int64_t plane = int64_t(a.answerHeight()) * a.answerWidth();
    const int64_t image = index / plane;
    const int top = int(index % plane / a.answerWidth()) - a.padding;
    const int left = int(index % plane % a.answerWidth()) - a.padding;
    float values[9];
    for (int tap = 0; tap < 9; ++tap) {
        const int y = top + tap / 3;
        const int x = left + tap % 3;
        const bool isInside = y >= 0 && y < a.height && x >= 0 && x < a.width;
        float value = 0;
        if (isInside) {
            const float grey = float(a.grey[(image * a.height + y) * a.width + x]);
            value = (grey - a.scale[0]) / a.scale[1];
            value = fminf(fmaxf(value, -a.limit), a.limit);
        }
        values[tap] = value;
    }
    for (int first = 0; first < a.channels; first += chunkChannels) {
        Chunk<Feature> chunk;
        for (int i = 0; i < chunkChannels; ++i) {
            float sum = a.bias[first + i];
            for (int tap = 0; tap < 9; ++tap)
                sum += values[tap] * a.weights[tap * a.channels + first + i];
            assign(chunk.values[i], fmaxf(sum, 0.0F));
        }
        *reinterpret_cast<Chunk<Feature>*>(a.answer + index * a.channels + first) = chunk;
    }
}

} // namespace emend::kernels
