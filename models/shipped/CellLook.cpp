// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/CellLook.h"

#include "models/slices/SliceNormalisation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

namespace emend {

namespace {

/// About as dark as membranes.
double darkestOf(const SliceNormalisation& usual)
{
    return double(usual.mean) - 1.6 * double(usual.deviation);
}

/// What a cell is filled with. Amounts are in deviations of the section's grey values.
struct Cytoplasm
{
    double darkness = 0;     ///< 0: as it is, 1: as dark as membranes
    double granules = 0;     ///< how dark ribosomes and glycogen are
    double microtubules = 0; ///< how dark they are
};

/// granular, streaked: how often it is.
Cytoplasm cytoplasm(double darkness, double granular, double streaked, Random& random)
{
    Cytoplasm filling{darkness, 0, 0};
    if (chance(random, granular))
        filling.granules = uniform(random, 0.15, 0.7);
    if (chance(random, streaked))
        filling.microtubules = uniform(random, 0.1, 0.45);
    return filling;
}

Cytoplasm anyCytoplasm(Random& random)
{
    const double darkness = chance(random, 0.6) ? uniform(random, 0.15, 0.7) : 0;
    return cytoplasm(darkness, 0.5, 0.4, random);
}

/// Of glia, which lies around the others in wide, dark, granular areas.
Cytoplasm glia(Random& random)
{
    const double darkness = uniform(random, 0.35, 0.8);
    return cytoplasm(darkness, 0.8, 0.3, random);
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

/// Parallel lines, dark and light, that bend, come and go. finestPx, coarsestPx: between these lies
/// half of a line's width, about.
GreyPlane bentLines(Random& random, int width, int height, double finestPx, double coarsestPx,
                    double bendPx)
{
    const double angle = uniform(random, 0, std::numbers::pi);
    const int length = 2 * (width + height);
    const GreyPlane across =
        blurred(whiteNoise(random, length, 1, 1), uniform(random, finestPx, coarsestPx));
    const GreyPlane presence = smoothNoise(random, width, height, 60);
    const GreyPlane bend = smoothNoise(random, width, height, 120);
    GreyPlane lines(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double place = x * std::cos(angle) + y * std::sin(angle) +
                                 bendPx * double(bend.at(x, y)) + width + height / 2;
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
        lines = bentLines(random, grey.width, grey.height, 0.8, 1.4, 5);
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

/// How the mitochondria of a cell look.
struct MitochondrionLook
{
    double matrix = 0;   ///< the grey between the cristae
    double strength = 0; ///< how much of what was there it takes the place of: 0..1
    double cristae = 0;  ///< how dark and light they are, in grey values
    double cristaPx = 1; ///< half of what they are wide, about
    double clouds = 0;   ///< how much the matrix varies, in grey values
    double rim = 0;      ///< how dark the membranes around it are: 0..1, as dark as those of cells
    double cleft = 0;    ///< how light it is within them, in grey values
};

MitochondrionLook anyMitochondrion(const SliceNormalisation& usual, Random& random)
{
    const double deviation = double(usual.deviation);
    MitochondrionLook look;
    look.matrix = double(usual.mean) - uniform(random, 0.1, 1.5) * deviation;
    look.strength = uniform(random, 0.4, 1);
    look.cristaPx = uniform(random, 0.9, 2.4);
    if (chance(random, 0.75)) // blur takes most of the deviation of lines
        look.cristae = uniform(random, 0.1, 0.7) * deviation * std::sqrt(2 * look.cristaPx);
    if (chance(random, 0.6))
        look.clouds = uniform(random, 0.1, 0.5) * deviation;
    look.rim = uniform(random, 0, 0.8);
    look.cleft = uniform(random, 0, 0.5) * deviation;
    return look;
}

void paintMitochondria(GreyPlane& grey, const CellMap& map, quint16 cell,
                       const MitochondrionLook& look, double darkest, Random& random)
{
    constexpr double rimNm = 3; ///< from the edge to the middle of its membranes
    constexpr double cleftNm = 13;
    constexpr double sharpness = 1 / (2 * 4.0 * 4.0); // of both, 4 nm
    const GreyPlane lines = bentLines(random, grey.width, grey.height, look.cristaPx, look.cristaPx,
                                      uniform(random, 3, 25));
    const GreyPlane clouds = smoothNoise(random, grey.width, grey.height, uniform(random, 5, 16));
    for (size_t i = 0; i < grey.values.size(); ++i) {
        const double depth = double(map.mitochondriaDepth.values[i]);
        if (map.cells[i] != cell || depth < -8)
            continue;
        const auto near = [depth](double place) {
            return std::exp(-(depth - place) * (depth - place) * sharpness);
        };
        float& value = grey.values[i];
        const double inside = std::clamp(depth / 6, 0.0, 1.0);
        value += float(inside * look.strength * (look.matrix - double(value)));
        value += float(inside * (look.cristae * double(lines.values[i]) +
                                 look.clouds * double(clouds.values[i])));
        value += float(look.cleft * near(cleftNm));
        value += float(look.rim * near(rimNm) * (darkest - double(value)));
    }
}

std::vector<quint16> cellsWithMitochondria(const CellMap& map)
{
    std::set<quint16> cells;
    for (size_t i = 0; i < map.cells.size(); ++i)
        if (map.mitochondriaDepth.values[i] > 0)
            cells.insert(map.cells[i]);
    return {cells.begin(), cells.end()};
}

} // namespace

void varyCells(GreyPlane& grey, const CellMap& map, Random& random)
{
    const SliceNormalisation usual = SliceNormalisation::of(grey);
    const double deviation = double(usual.deviation);
    const double darkest = darkestOf(usual);
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

void varyMitochondria(GreyPlane& grey, const CellMap& map, Random& random)
{
    if (map.mitochondriaDepth.values.empty())
        return;
    const SliceNormalisation usual = SliceNormalisation::of(grey);
    for (const quint16 cell : cellsWithMitochondria(map)) {
        if (chance(random, 0.2))
            continue; // as it is
        const MitochondrionLook look = anyMitochondrion(usual, random);
        paintMitochondria(grey, map, cell, look, darkestOf(usual), random);
    }
}

} // namespace emend
