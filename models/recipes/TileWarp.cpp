// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/TileWarp.h"

#include <cmath>
#include <numbers>

namespace emend {

namespace {

constexpr int gridPoints = 3;
constexpr double gridDeviationPx = 10;

/// The middle of a tile along one side of the slice: at half a pixel where the tile's size is
/// even, so that pixels of the tile are pixels of the slice.
double middle(Random& random, int sizePx, int answerPx, int length)
{
    const int room = length - answerPx;
    const int first = room > 0 ? uniformInt(random, 0, room) : room / 2;
    return first - (sizePx - answerPx) / 2 + (sizePx - 1) / 2.0;
}

GreyPlane drawnBend(Random& random, int sizePx)
{
    return enlarged(whiteNoise(random, gridPoints, gridPoints, gridDeviationPx), sizePx, sizePx);
}

} // namespace

TileWarp TileWarp::placed(Random& random, int sizePx, int answerPx, int width, int height)
{
    TileWarp warp;
    warp.sizePx = sizePx;
    warp.centreX = middle(random, sizePx, answerPx, width);
    warp.centreY = middle(random, sizePx, answerPx, height);
    return warp;
}

TileWarp TileWarp::drawn(Random& random, int sizePx, int answerPx, int width, int height)
{
    TileWarp warp = placed(random, sizePx, answerPx, width, height);
    const double angle = uniform(random, 0, 2 * std::numbers::pi);
    warp.cosine = std::cos(angle);
    warp.sine = std::sin(angle);
    warp.bendX = drawnBend(random, sizePx);
    warp.bendY = drawnBend(random, sizePx);
    return warp;
}

TileWarp::Place TileWarp::at(int x, int y) const
{
    const bool isBent = !bendX.values.empty();
    const double dx = x - (sizePx - 1) / 2.0 + (isBent ? double(bendX.at(x, y)) : 0);
    const double dy = y - (sizePx - 1) / 2.0 + (isBent ? double(bendY.at(x, y)) : 0);
    return {centreX + cosine * dx - sine * dy, centreY + sine * dx + cosine * dy};
}

} // namespace emend
