// SPDX-License-Identifier: Apache-2.0
#include "models/slices/MembranePolarity.h"

#include "core/Error.h"
#include "models/slices/GreyPlane.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr int mostSlices = 5;
constexpr int mostPx = 512;           ///< side of the part that is looked at
constexpr double narrowSigmaPx = 1.5; ///< half a membrane at the pixel sizes of models
constexpr double wideSigmaPx = 5;

Rect middleOf(const ScaledSlice& slice)
{
    const int width = std::min(slice.width(), mostPx);
    const int height = std::min(slice.height(), mostPx);
    return {(slice.width() - width) / 2, (slice.height() - height) / 2, width, height};
}

/// Each value's place among all of them, from 0 to 1: what no exposure or gamma changes. Values
/// within a 65535th of their range are taken to be equal, which 16 bits always keep apart.
std::vector<float> ranked(const std::vector<float>& values)
{
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const float base = *least;
    const float scale = *most > base ? 65535 / (*most - base) : 0;
    const auto step = [&](float value) {
        return size_t(std::lround((value - base) * scale));
    };
    std::vector<int> counts(65536);
    for (const float value : values)
        ++counts[step(value)];
    std::vector<float> ranks(counts.size());
    double before = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        ranks[i] = float((before + counts[i] / 2.0) / double(values.size()));
        before += counts[i];
    }
    std::vector<float> out;
    out.reserve(values.size());
    for (const float value : values)
        out.push_back(ranks[step(value)]);
    return out;
}

/// Below 0: dark lines.
double lineSkewness(const ScaledSlice& slice)
{
    const Rect middle = middleOf(slice);
    GreyPlane grey(middle.width, middle.height);
    grey.values = ranked(slice.read(middle));
    GreyPlane lines = blurred(grey, narrowSigmaPx);
    lines.add(blurred(grey, wideSigmaPx), -1);
    const double count = double(lines.values.size());
    double mean = 0;
    for (const float value : lines.values)
        mean += double(value) / count;
    double second = 0;
    double third = 0;
    for (const float value : lines.values) {
        const double away = double(value) - mean;
        second += away * away / count;
        third += away * away * away / count;
    }
    return second > 0 ? third / std::pow(second, 1.5) : 0;
}

} // namespace

bool hasBrightMembranes(const ImageStack& stack, PixelScale scale)
{
    const int slices = stack.size().slices;
    const int count = std::min(slices, mostSlices);
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        try {
            sum += lineSkewness(ScaledSlice(stack, (2 * i + 1) * slices / (2 * count), scale));
        } catch (const Error&) {
            continue; // a section that cannot be read tells nothing of the others
        }
    }
    return sum > 0;
}

} // namespace emend
