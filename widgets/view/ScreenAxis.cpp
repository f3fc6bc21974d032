// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/ScreenAxis.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

/// One axis of the transform.
struct Line
{
    double origin;
    double zoom;
    int screenLength;
    int sliceLength;
    int scale;

    int sliceAt(double screen) const { return int(std::floor(origin + screen / zoom)); }

    int middleOf(int screen) const { return sliceAt(screen + 0.5); }

    int pinned(int pixel) const { return std::clamp(pixel, 0, sliceLength - 1); }
};

ScreenAxis::Span spanOf(const Line& line, int screen)
{
    const int levelLength = (line.sliceLength + line.scale - 1) / line.scale;
    if (line.zoom >= 1)
        return {line.middleOf(screen), 1, {256, 0, 0}};

    const double from = std::max(0.0, (line.origin + screen / line.zoom) / line.scale);
    const double to =
        std::min(double(levelLength), (line.origin + (screen + 1) / line.zoom) / line.scale);
    ScreenAxis::Span span;
    span.first = std::min(int(from), levelLength - 1);
    span.count = std::clamp(int(std::ceil(to - 1e-9)) - span.first, 1, 3);
    span.weights = {};
    quint32 given = 0;
    for (int i = 1; i < span.count; ++i) {
        const double cell = span.first + i;
        const double part = (std::min(to, cell + 1) - cell) / (to - from);
        span.weights[size_t(i)] = quint32(std::max(0.0, part) * 256 + 0.5);
        given += span.weights[size_t(i)];
    }
    span.weights[0] = given < 256 ? 256 - given : 0;
    return span;
}

ScreenAxis axisOf(const Line& line)
{
    ScreenAxis axis;
    const auto isInside = [&](int screen) {
        const int pixel = line.middleOf(screen);
        return pixel >= 0 && pixel < line.sliceLength;
    };
    while (axis.begin < line.screenLength && !isInside(axis.begin))
        ++axis.begin;
    axis.end = axis.begin;
    while (axis.end < line.screenLength && isInside(axis.end)) {
        axis.slicePixels.push_back(line.middleOf(axis.end));
        if (line.zoom < 1) {
            axis.halfPixels.push_back(line.pinned(line.sliceAt(axis.end + 0.25)));
            axis.halfPixels.push_back(line.pinned(line.sliceAt(axis.end + 0.75)));
        }
        axis.spans.push_back(spanOf(line, axis.end++));
    }
    if (axis.spans.empty())
        return axis;

    axis.levelBegin = axis.spans.front().first;
    axis.levelEnd = axis.spans.back().first + axis.spans.back().count;
    for (ScreenAxis::Span& span : axis.spans)
        span.first -= axis.levelBegin;
    return axis;
}

} // namespace

ScreenAxis ScreenAxis::columns(const SliceTransform& transform, int scale)
{
    return axisOf({transform.sliceFromScreen({0, 0}).x(), transform.zoom(),
                   transform.viewport().width(), transform.sliceRect().width, scale});
}

ScreenAxis ScreenAxis::rows(const SliceTransform& transform, int scale)
{
    return axisOf({transform.sliceFromScreen({0, 0}).y(), transform.zoom(),
                   transform.viewport().height(), transform.sliceRect().height, scale});
}

std::vector<int> ScreenAxis::slicePixelsOf(int first, int last) const
{
    std::vector<int> pixels;
    for (int screen = first; screen < last; ++screen)
        pixels.push_back(slicePixels[size_t(std::clamp(screen, begin, end - 1) - begin)]);
    return pixels;
}

std::vector<int> ScreenAxis::halfPixelsOf(int first, int last) const
{
    return {halfPixels.begin() + 2 * (first - begin), halfPixels.begin() + 2 * (last - begin)};
}

int ScreenAxis::scaleFor(double zoom)
{
    int scale = 1;
    while (scale < 1024 && zoom * scale * 2 <= 1.0 + 1e-9)
        scale *= 2;
    return scale;
}

} // namespace emend
