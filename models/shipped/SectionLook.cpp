// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/SectionLook.h"

#include "models/slices/SliceNormalisation.h"

#include <algorithm>
#include <cmath>

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
    const double deviation = double(SliceNormalisation::of(grey).deviation);
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
    const SliceNormalisation usual = SliceNormalisation::of(grey);
    const double dark = double(usual.mean) - uniform(random, 0.8, 1.5) * double(usual.deviation);
    const double strength = uniform(random, 0.2, 0.6);
    const GreyPlane hills = smoothNoise(random, grey.width, grey.height, uniform(random, 60, 250));
    for (size_t i = 0; i < grey.values.size(); ++i) {
        const double part = strength * std::clamp(0.3 + 0.5 * double(hills.values[i]), 0.0, 1.0);
        grey.values[i] += float(part * (dark - double(grey.values[i])));
    }
}

} // namespace

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
    SliceNormalisation::of(grey).apply(grey.values);
    return std::move(grey.values);
}

} // namespace emend
