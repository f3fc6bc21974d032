// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/PaperTiles.h"

#include "models/learning/Augmentation.h"
#include "models/slices/ScaledSlice.h"

#include <cmath>

namespace emend {

namespace {

constexpr int answerPx = 388;

/// Linear between pixel centres; the plane goes on mirrored beyond its borders.
float greyAt(const GreyPlane& plane, TileWarp::Place place)
{
    const int x = int(std::floor(place.x));
    const int y = int(std::floor(place.y));
    const auto shareX = float(place.x - x);
    const auto shareY = float(place.y - y);
    const int left = mirrored(x, plane.width);
    const int right = mirrored(x + 1, plane.width);
    const auto across = [&](int row) {
        const float before = plane.at(left, row);
        return before + (plane.at(right, row) - before) * shareX;
    };
    const float above = across(mirrored(y, plane.height));
    return above + (across(mirrored(y + 1, plane.height)) - above) * shareY;
}

} // namespace

TrainingPatch cut(const LabelledSlice& slice, const TileWarp& warp)
{
    TrainingPatch patch;
    patch.sizePx = warp.sizePx;
    for (int y = 0; y < warp.sizePx; ++y) {
        for (int x = 0; x < warp.sizePx; ++x) {
            const TileWarp::Place place = warp.at(x, y);
            const int column = mirrored(int(std::lround(place.x)), slice.grey.width);
            const int row = mirrored(int(std::lround(place.y)), slice.grey.height);
            patch.grey.push_back(greyAt(slice.grey, place));
            patch.targets.push_back(
                slice.classes[size_t(row) * size_t(slice.grey.width) + size_t(column)]);
            patch.weights.push_back(slice.weights.at(column, row));
        }
    }
    return patch;
}

TrainingPatch PaperTiles::draw(Random& random, bool varied)
{
    const LabelledSlice& slice = m_slices[size_t(uniformInt(random, 0, int(m_slices.size()) - 1))];
    const int width = slice.grey.width;
    const int height = slice.grey.height;
    if (!varied)
        return cut(slice, TileWarp::placed(random, tilePx, answerPx, width, height));
    TrainingPatch patch = cut(slice, TileWarp::drawn(random, tilePx, answerPx, width, height));
    varyGrey(patch, random);
    return patch;
}

} // namespace emend
