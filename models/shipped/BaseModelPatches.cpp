// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/BaseModelPatches.h"

#include "core/Error.h"
#include "models/learning/Augmentation.h"
#include "models/shipped/SectionLook.h"

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

/// How far inside of the edge of what is 1 each pixel lies; less than 0 outside. Of no meaning but
/// its sign where all pixels are alike.
GreyPlane depthIn(const GreyPlane& isInside)
{
    GreyPlane isOutside = isInside;
    for (float& value : isOutside.values)
        value = 1 - value;
    GreyPlane depth = distanceToZero(isInside);
    const GreyPlane away = distanceToZero(isOutside);
    constexpr float far = 1000; // where there is no edge
    for (size_t i = 0; i < depth.values.size(); ++i)
        depth.values[i] = isInside.values[i] > 0 ? std::min(depth.values[i] - 0.5F, far)
                                                 : -std::min(away.values[i] - 0.5F, far);
    return depth;
}

GreyPlane inNanometres(GreyPlane voxels)
{
    for (float& value : voxels.values)
        value *= float(voxelNm);
    return voxels;
}

double logUniform(Random& random, double from, double to)
{
    return from * std::exp(uniform(random, 0, std::log(to / from)));
}

} // namespace

struct BaseModelPatches::Plane
{
    GreyPlane grey;
    GreyPlane
        borderDistance; ///< in voxels, from the middle of a pixel to the edge of the next body
    std::vector<quint16> bodies;
    GreyPlane mitochondriaDepth; ///< likewise; empty where nobody knows
};

CellMap BaseModelPatches::cellsOf(const Plane& plane, int side)
{
    CellMap map{{}, inNanometres(resized(plane.borderDistance, side, side)), {}};
    if (!plane.mitochondriaDepth.values.empty())
        map.mitochondriaDepth = inNanometres(resized(plane.mitochondriaDepth, side, side));
    for (int y = 0; y < side; ++y) {
        const int row = y * plane.grey.height / side;
        for (int x = 0; x < side; ++x) {
            const int column = x * plane.grey.width / side;
            map.cells.push_back(
                plane.bodies[size_t(row) * size_t(plane.grey.width) + size_t(column)]);
        }
    }
    return map;
}

BaseModelPatches::BaseModelPatches(const LabelledVolume& volume, const Options& options)
    : m_options(options)
    , m_size(volume.raw.size())
    , m_synthesizer(options.seed)
{
    constexpr int smallest = 160; // a patch at the weakest enlargement
    m_options.slices = std::min(m_size.slices, options.slices);
    const bool fits = volume.bodies.size() == m_size &&
                      (!volume.mitochondria || volume.mitochondria->size() == m_size);
    if (!fits)
        throw Error(tr("The volume and what is known of it differ in size. Give files that belong "
                       "together."));
    if (std::min({m_size.width, m_size.height, m_options.slices}) < smallest)
        throw Error(
            tr("The volume is too small to learn from. Each side needs %1 voxels.").arg(smallest));
    m_grey = readSlices(volume.raw, m_size.slices);
    m_bodies = readSlices(volume.bodies, m_size.slices);
    if (volume.mitochondria)
        m_mitochondria = readSlices(*volume.mitochondria, m_size.slices);
    if (volume.mitochondria && std::ranges::count(m_mitochondria, 0) == qint64(m_grey.size()))
        throw Error(tr("No voxel of the volume is in a mitochondrion. Give another file, or leave "
                       "it out."));
}

size_t BaseModelPatches::index(int x, int y, int z) const
{
    return (size_t(z) * size_t(m_size.height) + size_t(y)) * size_t(m_size.width) + size_t(x);
}

/// columns x rows voxels of a plane at a random place.
BaseModelPatches::Plane BaseModelPatches::cutPlane(Random& random, const Region& region,
                                                   int columns, int rows) const
{
    const std::array<int, 3> sides = {m_size.width, m_size.height, region.slices};
    const int across = region.across;
    const int columnAxis = across == 0 ? 1 : 0;
    const int rowAxis = across == 2 ? 1 : 2;
    const int thickness = uniformInt(random, 1, thickestPlanes);
    std::array<int, 3> origin = {};
    origin[size_t(columnAxis)] = uniformInt(random, 0, sides[size_t(columnAxis)] - columns);
    origin[size_t(rowAxis)] = uniformInt(random, 0, sides[size_t(rowAxis)] - rows);
    origin[size_t(across)] = uniformInt(random, 0, sides[size_t(across)] - thickness);
    const auto voxel = [&](int x, int y, int depth) {
        std::array<int, 3> place = origin;
        place[size_t(columnAxis)] += x;
        place[size_t(rowAxis)] += y;
        place[size_t(across)] += depth;
        return index(place[0], place[1], region.firstSlice + place[2]);
    };

    Plane plane{GreyPlane(columns, rows), {}, {}, {}};
    GreyPlane isInside(columns, rows, 1);
    GreyPlane isMitochondrion(columns, rows);
    const int middle = thickness / 2;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            double sum = 0;
            for (int depth = 0; depth < thickness; ++depth)
                sum += m_grey[voxel(x, y, depth)];
            plane.grey.at(x, y) = float(sum / thickness);
            const quint16 body = m_bodies[voxel(x, y, middle)];
            plane.bodies.push_back(body);
            if (knowsMitochondria() && m_mitochondria[voxel(x, y, middle)] != 0)
                isMitochondrion.at(x, y) = 1;
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
    if (knowsMitochondria())
        plane.mitochondriaDepth = depthIn(isMitochondrion);
    return plane;
}

TrainingPatch BaseModelPatches::cutPatch(Random& random, const Region& region, int side) const
{
    const double enlargement = logUniform(random, 1.4, 3.2);
    const double aspect = std::exp(uniform(random, -0.15, 0.15) / 2);
    const int most = region.across == 2 ? std::min(m_size.width, m_size.height)
                                        : std::min({m_size.width, m_size.height, region.slices});
    const auto voxels = [&](double factor) {
        return std::min(int(std::lround(side / factor)), most);
    };
    const Plane plane =
        cutPlane(random, region, voxels(enlargement * aspect), voxels(enlargement / aspect));

    GreyPlane grey = enlarged(plane.grey, side, side);
    const CellMap cells = cellsOf(plane, side);
    varyCells(grey, cells, random);
    varyMitochondria(grey, cells, random);
    varyLook(grey, random);
    TrainingPatch patch{side, normalised(std::move(grey)), {}};
    const double radiusNm = uniform(random, 12, 20); // as people draw membranes
    for (size_t i = 0; i < patch.grey.size(); ++i) {
        const bool isMembrane = double(cells.membraneDistance.values[i]) <= radiusNm;
        const bool isMitochondrion = knowsMitochondria() && cells.mitochondriaDepth.values[i] > 0;
        patch.targets.push_back(isMembrane ? 1 : isMitochondrion ? 3 : 2);
    }
    return patch;
}

TrainingPatch BaseModelPatches::drawn(Random& random)
{
    const int side = m_options.patchPx;
    SyntheticSection section =
        m_synthesizer.draw(side, side, logUniform(random, 3, 6.5), m_drawnCount++);
    GreyPlane grey(side, side);
    grey.values = std::move(section.grey);
    varyLook(grey, random);
    for (size_t i = 0; i < section.truth.size(); ++i)
        if (knowsMitochondria() && section.isMitochondrion[i] != 0)
            section.truth[i] = 3;
    return {side, normalised(std::move(grey)), std::move(section.truth)};
}

TrainingPatch BaseModelPatches::draw(Random& random, bool)
{
    const Region learned{0, m_options.slices, uniformInt(random, 0, 2)};
    TrainingPatch patch = chance(random, m_options.syntheticShare)
                              ? drawn(random)
                              : cutPatch(random, learned, m_options.patchPx);
    turnAndMirror(patch, random);
    return patch;
}

} // namespace emend
