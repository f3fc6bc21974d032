// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cuda/Both.h"

namespace emend::kernels {

/// The network's last layer and all that comes after it, in one pass over the last map: the 1 x 1
/// convolution, softmax, the likeliest class, cutting out, rounding to bytes. LibTorch's own way
/// writes and reads six maps in between, the largest of them in FP32.
template <class Feature>
struct HeadArguments
{
    static constexpr int mostClasses = 8; ///< they are kept in registers

    const Feature* features; ///< [n, height, width, channels]: channels last, whole chunks
    const float* weights;    ///< [classes, channels]
    const float* bias;       ///< [classes]
    uint8_t* probabilities;  ///< [n, classes, answerHeight, answerWidth], 0..255
    uint8_t* labels;         ///< [n, answerHeight, answerWidth], class from 1
    int64_t images;
    int height;
    int width;
    int channels;
    int crop; ///< the answer begins that far inside
    int answerHeight;
    int answerWidth;

    EMEND_BOTH int64_t indices() const { return images * answerHeight * answerWidth; }
};

/// One pixel of the answer.
template <int classes, class Feature>
EMEND_BOTH void headAt(const HeadArguments<Feature>& a, int64_t index)
{
    const int64_t plane = int64_t(a.answerHeight) * a.answerWidth;
    const int64_t image = index / plane;
    const int64_t pixel = index % plane;
    const int64_t y = pixel / a.answerWidth + a.crop;
    const int64_t x = pixel % a.answerWidth + a.crop;
    const Feature* features = a.features + ((image * a.height + y) * a.width + x) * a.channels;

    float logits[classes];
    for (int c = 0; c < classes; ++c)
        logits[c] = a.bias[c];
    for (int first = 0; first < a.channels; first += chunkChannels) {
        const auto chunk = *reinterpret_cast<const Chunk<Feature>*>(features + first);
        for (int i = 0; i < chunkChannels; ++i) {
            const float value = toFloat(chunk.values[i]);
            for (int c = 0; c < classes; ++c)
                logits[c] += value * a.weights[c * a.channels + first + i];
        }
    }

    int likeliest = 0;
    float largest = logits[0];
    for (int c = 1; c < classes; ++c) {
        if (logits[c] > largest) {
            likeliest = c;
            largest = logits[c];
        }
    }
    float sum = 0;
    for (int c = 0; c < classes; ++c) {
        logits[c] = expf(logits[c] - largest);
        sum += logits[c];
    }
    for (int c = 0; c < classes; ++c)
        a.probabilities[(image * classes + c) * plane + pixel] =
            uint8_t(rintf(logits[c] / sum * 255));
    a.labels[index] = uint8_t(likeliest + 1);
}

} // namespace emend::kernels
