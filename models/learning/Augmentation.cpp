// SPDX-License-Identifier: Apache-2.0
#include "models/learning/Augmentation.h"

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
    constexpr float span = gammaSpan;
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

void drawTurn(PatchVariation& variation, Random& random)
{
    variation.transposes = chance(random, 0.5);
    variation.mirrorsX = chance(random, 0.5);
    variation.mirrorsY = chance(random, 0.5);
}

void drawGrey(PatchVariation& variation, Random& random)
{
    if (chance(random, 0.5))
        variation.gamma = std::exp(uniform(random, -0.3, 0.3));
    variation.contrast = float(std::exp(uniform(random, -0.25, 0.25)));
    variation.brightness = float(uniform(random, -0.25, 0.25));
    variation.isBlurred = chance(random, 0.25);
    if (chance(random, 0.5))
        variation.noise = float(uniform(random, 0.02, 0.3));
}

} // namespace

PatchVariation PatchVariation::drawn(Random& random)
{
    PatchVariation variation;
    drawTurn(variation, random);
    drawGrey(variation, random);
    return variation;
}

void apply(const PatchVariation& variation, TrainingPatch& patch, Random& random)
{
    const auto turn = [&](auto& pixels) {
        turned(pixels, patch.sizePx, variation.transposes, variation.mirrorsX, variation.mirrorsY);
    };
    turn(patch.grey);
    turn(patch.targets);
    if (!patch.weights.empty())
        turn(patch.weights);
    if (variation.gamma != 1)
        applyGamma(patch.grey, variation.gamma);
    for (float& value : patch.grey)
        value = value * variation.contrast + variation.brightness;
    if (variation.isBlurred)
        blur(patch.grey, patch.sizePx);
    if (variation.noise > 0) {
        std::normal_distribution<float> noise(0, variation.noise);
        for (float& value : patch.grey)
            value += noise(random);
    }
}

void turnAndMirror(TrainingPatch& patch, Random& random)
{
    PatchVariation variation;
    drawTurn(variation, random);
    apply(variation, patch, random);
}

void varyGrey(TrainingPatch& patch, Random& random)
{
    PatchVariation variation;
    drawGrey(variation, random);
    apply(variation, patch, random);
}

void augment(TrainingPatch& patch, Random& random)
{
    apply(PatchVariation::drawn(random), patch, random);
}

} // namespace emend
