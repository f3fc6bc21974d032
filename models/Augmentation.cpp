// SPDX-License-Identifier: Apache-2.0
#include "models/Augmentation.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

template <typename T>
void turned(std::vector<T>& pixels, int size, bool transpose, bool mirrorX, bool mirrorY)
{
    std::vector<T> out(pixels.size());
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            int fromX = mirrorX ? size - 1 - x : x;
            int fromY = mirrorY ? size - 1 - y : y;
            if (transpose)
                std::swap(fromX, fromY);
            out[size_t(y) * size_t(size) + size_t(x)] =
                pixels[size_t(fromY) * size_t(size) + size_t(fromX)];
        }
    }
    pixels = std::move(out);
}

/// Bends the grey values between -span and span; those beyond stay where they are.
void applyGamma(std::vector<float>& grey, double gamma)
{
    constexpr float span = 3;
    for (float& value : grey) {
        if (std::abs(value) < span)
            value = float(std::pow((value + span) / (2 * span), gamma)) * 2 * span - span;
    }
}

/// The binomial filter 1 2 1, in both directions.
void blur(std::vector<float>& grey, int size)
{
    const std::vector<float> in = grey;
    const auto at = [&in, size](int x, int y) {
        x = std::clamp(x, 0, size - 1);
        y = std::clamp(y, 0, size - 1);
        return in[size_t(y) * size_t(size) + size_t(x)];
    };
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            float sum = 0;
            for (int dy = -1; dy <= 1; ++dy)
                sum +=
                    (dy == 0 ? 2 : 1) * (at(x - 1, y + dy) + 2 * at(x, y + dy) + at(x + 1, y + dy));
            grey[size_t(y) * size_t(size) + size_t(x)] = sum / 16;
        }
    }
}

} // namespace

void turnAndMirror(TrainingPatch& patch, Random& random)
{
    const bool transpose = chance(random, 0.5);
    const bool mirrorX = chance(random, 0.5);
    const bool mirrorY = chance(random, 0.5);
    turned(patch.grey, patch.sizePx, transpose, mirrorX, mirrorY);
    turned(patch.targets, patch.sizePx, transpose, mirrorX, mirrorY);
    if (!patch.weights.empty())
        turned(patch.weights, patch.sizePx, transpose, mirrorX, mirrorY);
}

void varyGrey(TrainingPatch& patch, Random& random)
{
    if (chance(random, 0.5))
        applyGamma(patch.grey, std::exp(uniform(random, -0.3, 0.3)));
    const auto contrast = float(std::exp(uniform(random, -0.25, 0.25)));
    const auto brightness = float(uniform(random, -0.25, 0.25));
    for (float& value : patch.grey)
        value = value * contrast + brightness;
    if (chance(random, 0.25))
        blur(patch.grey, patch.sizePx);
    if (chance(random, 0.5)) {
        std::normal_distribution<float> noise(0, float(uniform(random, 0.02, 0.3)));
        for (float& value : patch.grey)
            value += noise(random);
    }
}

void augment(TrainingPatch& patch, Random& random)
{
    turnAndMirror(patch, random);
    varyGrey(patch, random);
}

} // namespace emend
