// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/SectionLook.h"

#include "models/slices/SliceNormalisation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace emend {

namespace {

/// Sections differ in focus: some are blurred, some sharpened.
void varySharpness(GreyPlane& grey, Random& random)
{
    const double kind = uniform(random, 0, 1);
    if (kind < 0.3)
        return;
    GreyPlane soft = blurred(grey, uniform(random, 0.5, 1.8));
    if (kind < 0.55) {
        grey = std::move(soft);
        return;
    }
    const double strength = uniform(random, 0.5, 2);
    soft.add(grey, -1);
    grey.add(soft, -strength);
}

/// To 0..1 between percentiles, then bent: stain and exposure.
void varyContrast(GreyPlane& grey, Random& random)
{
    std::vector<float> sorted = grey.values;
    const auto percentile = [&sorted](double share) {
        const auto place = sorted.begin() + ptrdiff_t(share * double(sorted.size() - 1));
        std::nth_element(sorted.begin(), place, sorted.end());
        return double(*place);
    };
    const double low = percentile(uniform(random, 0, 0.02));
    const double high = percentile(uniform(random, 0.98, 1));
    const double gamma = std::exp(uniform(random, -0.5, 0.5));
    for (float& value : grey.values) {
        const double relative = (double(value) - low) / std::max(1e-3, high - low);
        value = float(std::pow(std::clamp(relative, 0.0, 1.0), gamma));
    }
}

/// A slope of brightness across the section, and grain of two sizes.
void addStainAndGrain(GreyPlane& grey, Random& random)
{
    const double slopeX = uniform(random, -0.15, 0.15) / grey.width;
    const double slopeY = uniform(random, -0.15, 0.15) / grey.height;
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x)
            grey.at(x, y) += float(slopeX * (x - grey.width / 2) + slopeY * (y - grey.height / 2));
    }
    grey.add(whiteNoise(random, grey.width, grey.height, uniform(random, 0, 0.1)));
    const double sigma = uniform(random, 0.7, 2);
    const GreyPlane coarse = blurred(whiteNoise(random, grey.width, grey.height, 1), sigma);
    grey.add(coarse, uniform(random, 0, 0.1) * 2 * sigma); // blur takes most of the deviation
}

/// Of all values.
SliceNormalisation statisticsOf(const GreyPlane& grey)
{
    double sum = 0;
    double sumOfSquares = 0;
    for (const float value : grey.values) {
        sum += double(value);
        sumOfSquares += double(value) * double(value);
    }
    const double count = double(grey.values.size());
    const double variance = std::max(0.0, sumOfSquares / count - sum / count * (sum / count));
    return {float(sum / count), float(std::max(1e-3, std::sqrt(variance)))};
}

/// A part of the section becomes that of another plane, the more the nearer to its middle.
void blend(GreyPlane& grey, const GreyPlane& instead, double shade, Random& random)
{
    const double centreX = uniform(random, 0, grey.width);
    const double centreY = uniform(random, 0, grey.height);
    const double radius = uniform(random, 8, 36);
    const double stretch = std::exp(uniform(random, -0.7, 0.7));
    const double strength = uniform(random, 0.4, 0.9);
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            const double away =
                std::hypot((x - centreX) * stretch, (y - centreY) / stretch) / radius;
            const auto part = float(strength * std::exp(-std::pow(away, 4)));
            float& value = grey.at(x, y);
            value += part * (instead.at(x, y) + float(shade) - value);
        }
    }
}

/// Parts of sections lie out of focus, are pale where stain did not reach or membranes run
/// obliquely, or are dark from charging: there the network has to go by what is around.
void spoilPlaces(GreyPlane& grey, Random& random)
{
    const int places = std::max(0, uniformInt(random, -2, 3));
    if (places == 0)
        return;
    const GreyPlane unfocused = blurred(grey, uniform(random, 2, 4));
    const GreyPlane pale = blurred(grey, 10);
    const double deviation = double(statisticsOf(grey).deviation);
    for (int i = 0; i < places; ++i) {
        const double shade = chance(random, 0.3) ? uniform(random, -1.2, 0.6) * deviation : 0;
        blend(grey, chance(random, 0.5) ? unfocused : pale, shade, random);
    }
}

/// Wide areas are dark and have little contrast: stain lay thicker there, or the section is.
void darkenAreas(GreyPlane& grey, Random& random)
{
    if (!chance(random, 0.35))
        return;
    const SliceNormalisation usual = statisticsOf(grey);
    const double dark = double(usual.mean) - uniform(random, 0.8, 1.5) * double(usual.deviation);
    const double strength = uniform(random, 0.2, 0.6);
    const GreyPlane hills = smoothNoise(random, grey.width, grey.height, uniform(random, 60, 250));
    for (size_t i = 0; i < grey.values.size(); ++i) {
        const double part = strength * std::clamp(0.3 + 0.5 * double(hills.values[i]), 0.0, 1.0);
        grey.values[i] += float(part * (dark - double(grey.values[i])));
    }
}

/// What a cell is filled with. Amounts are in deviations of the section's grey values.
struct Cytoplasm
{
    double darkness = 0;     ///< 0: as it is, 1: as dark as membranes
    double granules = 0;     ///< how dark ribosomes and glycogen are
    double microtubules = 0; ///< how dark they are
};

Cytoplasm anyCytoplasm(Random& random)
{
    Cytoplasm cytoplasm;
    if (chance(random, 0.6))
        cytoplasm.darkness = uniform(random, 0.15, 0.7);
    if (chance(random, 0.5))
        cytoplasm.granules = uniform(random, 0.15, 0.7);
    if (chance(random, 0.4))
        cytoplasm.microtubules = uniform(random, 0.1, 0.45);
    return cytoplasm;
}

/// Of glia, which lies around the others in wide, dark, granular areas.
Cytoplasm glia(Random& random)
{
    Cytoplasm cytoplasm;
    cytoplasm.darkness = uniform(random, 0.35, 0.8);
    if (chance(random, 0.8))
        cytoplasm.granules = uniform(random, 0.15, 0.7);
    if (chance(random, 0.3))
        cytoplasm.microtubules = uniform(random, 0.1, 0.45);
    return cytoplasm;
}

/// Dots, where blurred noise is high: 0 between them.
GreyPlane granules(Random& random, int width, int height)
{
    const double sigma = uniform(random, 0.9, 1.8);
    GreyPlane dots = blurred(whiteNoise(random, width, height, 1), sigma);
    const double blurredDeviation = 1 / (2 * sigma * std::sqrt(std::numbers::pi));
    for (float& value : dots.values)
        value = std::max(0.0F, float(double(value) / blurredDeviation) - 0.7F);
    return dots;
}

/// Parallel lines, dark and light, that come and go.
GreyPlane microtubules(Random& random, int width, int height)
{
    const double angle = uniform(random, 0, std::numbers::pi);
    const int length = 2 * (width + height);
    const GreyPlane across = blurred(whiteNoise(random, length, 1, 1), uniform(random, 0.8, 1.4));
    const GreyPlane presence = smoothNoise(random, width, height, 60);
    const GreyPlane bend = smoothNoise(random, width, height, 120);
    GreyPlane lines(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double place = x * std::cos(angle) + y * std::sin(angle) +
                                 5 * double(bend.at(x, y)) + width + height / 2;
            const int before = std::clamp(int(place), 0, length - 2);
            const auto part = float(std::clamp(place - before, 0.0, 1.0));
            const float line = across.values[size_t(before)] * (1 - part) +
                               across.values[size_t(before) + 1] * part;
            lines.at(x, y) = 2 * line * std::clamp(0.5F + presence.at(x, y), 0.0F, 1.0F);
        }
    }
    return lines;
}

void fillCell(GreyPlane& grey, const CellMap& map, quint16 cell, const Cytoplasm& cytoplasm,
              double darkest, double deviation, Random& random)
{
    GreyPlane dots(grey.width, grey.height);
    if (cytoplasm.granules > 0)
        dots = granules(random, grey.width, grey.height);
    GreyPlane lines(grey.width, grey.height);
    if (cytoplasm.microtubules > 0)
        lines = microtubules(random, grey.width, grey.height);
    for (size_t i = 0; i < grey.values.size(); ++i) {
        if (map.cells[i] != cell)
            continue;
        constexpr double membraneNm = 9; // up to here nothing changes
        const double away = double(map.membraneDistance.values[i]);
        const auto part = float(std::clamp((away - membraneNm) / 12, 0.0, 1.0));
        float& value = grey.values[i];
        value += part * float(cytoplasm.darkness) * (float(darkest) - value);
        value -= part * float(cytoplasm.granules * deviation) * dots.values[i];
        value += part * float(cytoplasm.microtubules * deviation) * lines.values[i];
    }
}

/// The cells of a section, the largest first.
std::vector<quint16> bySize(const std::vector<quint16>& pixels)
{
    std::map<quint16, qint64> sizes;
    for (const quint16 cell : pixels)
        ++sizes[cell];
    std::vector<quint16> cells;
    for (const auto& [cell, size] : sizes)
        cells.push_back(cell);
    std::stable_sort(cells.begin(), cells.end(), [&sizes](quint16 one, quint16 other) {
        return sizes.at(one) > sizes.at(other);
    });
    return cells;
}

} // namespace

void varyCells(GreyPlane& grey, const CellMap& map, Random& random)
{
    const SliceNormalisation usual = statisticsOf(grey);
    const double deviation = double(usual.deviation);
    const double darkest = double(usual.mean) - 1.6 * deviation;
    const std::vector<quint16> cells = bySize(map.cells);
    const double share = chance(random, 0.6) ? uniform(random, 0.05, 0.4) : 0;
    const bool hasGlia = chance(random, 0.3);
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i == 0 && hasGlia)
            fillCell(grey, map, cells[i], glia(random), darkest, deviation, random);
        else if (chance(random, share))
            fillCell(grey, map, cells[i], anyCytoplasm(random), darkest, deviation, random);
    }
}

void varyLook(GreyPlane& grey, Random& random)
{
    varySharpness(grey, random);
    spoilPlaces(grey, random);
    darkenAreas(grey, random);
    varyContrast(grey, random);
    addStainAndGrain(grey, random);
}

std::vector<float> normalised(GreyPlane grey)
{
    statisticsOf(grey).apply(grey.values);
    return std::move(grey.values);
}

} // namespace emend
