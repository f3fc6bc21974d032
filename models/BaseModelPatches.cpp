// SPDX-License-Identifier: Apache-2.0
#include "models/BaseModelPatches.h"

#include "core/Error.h"
#include "models/Augmentation.h"
#include "models/GreyPlane.h"
#include "models/SliceNormalisation.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace emend {

namespace {

constexpr double voxelNm = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("BaseModelPatches", text);
}

std::vector<quint16> readSlices(const ImageStack& stack, int slices)
{
    std::vector<quint16> voxels;
    for (int z = 0; z < slices; ++z) {
        const GreyImage slice = stack.read(z, stack.size().sliceRect());
        voxels.insert(voxels.end(), slice.pixels.begin(), slice.pixels.end());
    }
    return voxels;
}

double logUniform(Random& random, double from, double to)
{
    return from * std::exp(uniform(random, 0, std::log(to / from)));
}

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

/// Mean 0 and deviation 1, as sections come to the network.
std::vector<float> normalised(GreyPlane grey)
{
    statisticsOf(grey).apply(grey.values);
    return std::move(grey.values);
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

void look(GreyPlane& grey, Random& random)
{
    varySharpness(grey, random);
    spoilPlaces(grey, random);
    varyContrast(grey, random);
    addStainAndGrain(grey, random);
}

} // namespace

struct BaseModelPatches::Plane
{
    GreyPlane grey;
    GreyPlane
        borderDistance; ///< in voxels, from the middle of a pixel to the edge of the next body
};

BaseModelPatches::BaseModelPatches(const ImageStack& raw, const ImageStack& bodies,
                                   const Options& options)
    : m_options(options)
    , m_size(raw.size())
    , m_synthesizer(options.seed)
{
    constexpr int smallest = 160; // a patch at the weakest enlargement
    m_size.slices = std::min(m_size.slices, options.slices);
    if (raw.size() != bodies.size())
        throw Error(tr("The volume and its bodies differ in size. Give two files that belong "
                       "together."));
    if (std::min({m_size.width, m_size.height, m_size.slices}) < smallest)
        throw Error(
            tr("The volume is too small to learn from. Each side needs %1 voxels.").arg(smallest));
    m_grey = readSlices(raw, m_size.slices);
    m_bodies = readSlices(bodies, m_size.slices);
}

size_t BaseModelPatches::index(int x, int y, int z) const
{
    return (size_t(z) * size_t(m_size.height) + size_t(y)) * size_t(m_size.width) + size_t(x);
}

/// columns x rows voxels of a plane across a random axis, at a random place.
BaseModelPatches::Plane BaseModelPatches::cutPlane(Random& random, int columns, int rows) const
{
    const std::array<int, 3> sides = {m_size.width, m_size.height, m_size.slices};
    const int across = uniformInt(random, 0, 2);
    const int columnAxis = across == 0 ? 1 : 0;
    const int rowAxis = across == 2 ? 1 : 2;
    const int thickness = uniformInt(random, 1, 5);
    std::array<int, 3> origin = {};
    origin[size_t(columnAxis)] = uniformInt(random, 0, sides[size_t(columnAxis)] - columns);
    origin[size_t(rowAxis)] = uniformInt(random, 0, sides[size_t(rowAxis)] - rows);
    origin[size_t(across)] = uniformInt(random, 0, sides[size_t(across)] - thickness);
    const auto voxel = [&](int x, int y, int depth) {
        std::array<int, 3> place = origin;
        place[size_t(columnAxis)] += x;
        place[size_t(rowAxis)] += y;
        place[size_t(across)] += depth;
        return index(place[0], place[1], place[2]);
    };

    Plane plane{GreyPlane(columns, rows), {}};
    GreyPlane isInside(columns, rows, 1);
    const int middle = thickness / 2;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            double sum = 0;
            for (int depth = 0; depth < thickness; ++depth)
                sum += m_grey[voxel(x, y, depth)];
            plane.grey.at(x, y) = float(sum / thickness);
            const quint16 body = m_bodies[voxel(x, y, middle)];
            const auto differs = [&](int nextX, int nextY) {
                return nextX >= 0 && nextY >= 0 && nextX < columns && nextY < rows &&
                       m_bodies[voxel(nextX, nextY, middle)] != body;
            };
            if (differs(x - 1, y) || differs(x + 1, y) || differs(x, y - 1) || differs(x, y + 1))
                isInside.at(x, y) = 0;
        }
    }
    plane.borderDistance = distanceToZero(isInside);
    for (float& distance : plane.borderDistance.values)
        distance += 0.5F; // pixels on both sides of a border lie half a voxel beside it
    return plane;
}

TrainingPatch BaseModelPatches::fromVolume(Random& random) const
{
    const double enlargement = logUniform(random, 1.4, 3.2);
    const double aspect = std::exp(uniform(random, -0.15, 0.15) / 2);
    const auto voxels = [&](double factor) {
        const int needed = int(std::lround(m_options.patchPx / factor));
        return std::min({needed, m_size.width, m_size.height, m_size.slices});
    };
    const Plane plane =
        cutPlane(random, voxels(enlargement * aspect), voxels(enlargement / aspect));

    const int side = m_options.patchPx;
    GreyPlane grey = enlarged(plane.grey, side, side);
    look(grey, random);
    TrainingPatch patch{side, normalised(std::move(grey)), {}};
    const double radius = uniform(random, 12, 20) / voxelNm; // as people draw membranes
    for (const float distance : resized(plane.borderDistance, side, side).values)
        patch.targets.push_back(double(distance) <= radius ? 1 : 2);
    return patch;
}

TrainingPatch BaseModelPatches::drawn(Random& random)
{
    const int side = m_options.patchPx;
    SyntheticSection section =
        m_synthesizer.draw(side, side, logUniform(random, 3, 6.5), m_drawnCount++);
    GreyPlane grey(side, side);
    grey.values = std::move(section.grey);
    look(grey, random);
    return {side, normalised(std::move(grey)), std::move(section.truth)};
}

TrainingPatch BaseModelPatches::draw(Random& random, bool)
{
    TrainingPatch patch =
        chance(random, m_options.syntheticShare) ? drawn(random) : fromVolume(random);
    turnAndMirror(patch, random);
    return patch;
}

} // namespace emend
