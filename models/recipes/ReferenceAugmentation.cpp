// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceAugmentation.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr double mostCut = 0.3;
constexpr double mostBrightness = 0.2;

void mirrorAcross(GreyPlane& plane)
{
    for (auto row = plane.values.begin(); row != plane.values.end(); row += plane.width)
        std::reverse(row, row + plane.width);
}

void mirrorDown(GreyPlane& plane)
{
    for (int y = 0; y < plane.height / 2; ++y)
        std::swap_ranges(&plane.at(0, y), &plane.at(0, y) + plane.width,
                         &plane.at(0, plane.height - 1 - y));
}

/// A box's line of pixels, from its first to its last corner: its place in the plane's line.
struct Line
{
    std::vector<int> before;
    std::vector<int> after;
    std::vector<float> share; ///< of the pixel after it

    Line(double from, double to, int length)
    {
        const double step = to - from; // in shares of length-1, over length-1 steps
        for (int i = 0; i < length; ++i) {
            const double at = from * (length - 1) + i * step;
            before.push_back(std::clamp(int(at), 0, length - 1));
            after.push_back(std::min(before.back() + 1, length - 1));
            share.push_back(float(at - before.back()));
        }
    }
};

GreyPlane stretched(const GreyPlane& plane, const Line& columns, const Line& rows)
{
    GreyPlane out(plane.width, plane.height);
    for (int y = 0; y < out.height; ++y) {
        const size_t row = size_t(y);
        for (int x = 0; x < out.width; ++x) {
            const size_t column = size_t(x);
            const auto across = [&](int line) {
                const float before = plane.at(columns.before[column], line);
                const float after = plane.at(columns.after[column], line);
                return before + (after - before) * columns.share[column];
            };
            const float above = across(rows.before[row]);
            out.at(x, y) = above + (across(rows.after[row]) - above) * rows.share[row];
        }
    }
    return out;
}

} // namespace

ReferenceVariation ReferenceVariation::draw(Random& random)
{
    ReferenceVariation drawn;
    drawn.isMirroredAcross = chance(random, 0.5);
    drawn.isMirroredDown = chance(random, 0.5);
    drawn.left = uniform(random, 0, mostCut);
    drawn.top = uniform(random, 0, mostCut);
    drawn.right = 1 - uniform(random, 0, mostCut);
    drawn.bottom = 1 - uniform(random, 0, mostCut);
    drawn.brightness = uniform(random, -mostBrightness, mostBrightness);
    return drawn;
}

ReferenceSection ReferenceVariation::applyTo(ReferenceSection section) const
{
    const Line columns(left, right, ReferenceSection::inputPx);
    const Line rows(top, bottom, ReferenceSection::inputPx);
    for (GreyPlane* plane : {&section.grey, &section.classes[0], &section.classes[1]}) {
        if (isMirroredAcross)
            mirrorAcross(*plane);
        if (isMirroredDown)
            mirrorDown(*plane);
        *plane = stretched(*plane, columns, rows);
    }
    for (float& grey : section.grey.values)
        grey = std::clamp(grey + float(brightness), -1.0F, 1.0F);
    return section;
}

} // namespace emend
