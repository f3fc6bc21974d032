// SPDX-License-Identifier: Apache-2.0
#include "core/project/PaintShapes.h"

#include <cmath>

namespace emend {

namespace {

qint64 square(qint64 value)
{
    return value * value;
}

/// The largest h with h * h <= value.
qint64 wholeRoot(qint64 value)
{
    qint64 root = qint64(std::sqrt(double(value)));
    while (square(root) > value)
        --root;
    while (square(root + 1) <= value)
        ++root;
    return root;
}

/// The part of one row that a shape covers; nothing while from > to.
struct Interval
{
    qint64 from = 1;
    qint64 to = 0;

    void include(qint64 first, qint64 last)
    {
        if (first > last)
            return;
        const bool isEmpty = from > to;
        from = isEmpty ? first : std::min(from, first);
        to = isEmpty ? last : std::max(to, last);
    }
};

void append(PixelRuns& runs, Rect clip, int y, qint64 fromX, qint64 toX)
{
    fromX = std::max<qint64>(fromX, clip.x);
    toX = std::min<qint64>(toX, clip.right() - 1);
    if (fromX <= toX && y >= clip.y && y < clip.bottom())
        runs.push_back({y, int(fromX), int(toX)});
}

void includeDisk(Interval& row, Pixel centre, qint64 radiusPx, int y)
{
    const qint64 rest = square(radiusPx) - square(y - centre.y);
    if (rest < 0)
        return;
    const qint64 half = wholeRoot(rest);
    row.include(centre.x - half, centre.x + half);
}

/// Pixels beside a line, between its ends, at most radiusPx away.
class Band
{
public:
    Band(Pixel from, Pixel to, qint64 radiusPx)
        : m_from(from)
        , m_dx(to.x - from.x)
        , m_dy(to.y - from.y)
        , m_radiusPx(radiusPx)
        , m_length(std::hypot(double(m_dx), double(m_dy)))
    {
    }

    void includeRow(Interval& row, int y) const
    {
        double left = 0;
        double right = 0;
        if (m_length == 0 || !crossings(y, left, right))
            return;
        // Floating-point numbers find the ends to a pixel, whole numbers decide.
        qint64 first = qint64(std::floor(left)) - 1;
        qint64 last = qint64(std::ceil(right)) + 1;
        while (first <= last && !contains(first, y))
            ++first;
        while (last >= first && !contains(last, y))
            --last;
        row.include(first, last);
    }

private:
    bool contains(qint64 x, qint64 y) const
    {
        const qint64 alongX = x - m_from.x;
        const qint64 alongY = y - m_from.y;
        const qint64 along = alongX * m_dx + alongY * m_dy;
        const qint64 across = alongX * m_dy - alongY * m_dx;
        const qint64 lengthSquared = square(m_dx) + square(m_dy);
        return along >= 0 && along <= lengthSquared &&
               square(across) <= square(m_radiusPx) * lengthSquared;
    }

    /// Where row y (or a hair beside it) meets the outline of the band's rectangle.
    bool crossings(int y, double& left, double& right) const
    {
        const double sideX = -double(m_dy) / m_length * double(m_radiusPx);
        const double sideY = double(m_dx) / m_length * double(m_radiusPx);
        const double toX = double(m_from.x) + double(m_dx);
        const double toY = double(m_from.y) + double(m_dy);
        const double cornersX[4] = {m_from.x + sideX, toX + sideX, toX - sideX, m_from.x - sideX};
        const double cornersY[4] = {m_from.y + sideY, toY + sideY, toY - sideY, m_from.y - sideY};
        bool isCrossed = false;
        for (int i = 0; i < 4; ++i) {
            const int next = (i + 1) % 4;
            const double lowY = std::min(cornersY[i], cornersY[next]);
            const double highY = std::max(cornersY[i], cornersY[next]);
            if (y < lowY - 1e-6 || y > highY + 1e-6)
                continue;
            const bool isLevel = highY - lowY < 1e-6;
            const double part = (y - cornersY[i]) / (cornersY[next] - cornersY[i]);
            const double oneX =
                isLevel ? cornersX[i]
                        : std::lerp(cornersX[i], cornersX[next], std::clamp(part, 0.0, 1.0));
            const double otherX = isLevel ? cornersX[next] : oneX;
            left = std::min({isCrossed ? left : oneX, oneX, otherX});
            right = std::max({isCrossed ? right : oneX, oneX, otherX});
            isCrossed = true;
        }
        return isCrossed;
    }

    Pixel m_from;
    qint64 m_dx;
    qint64 m_dy;
    qint64 m_radiusPx;
    double m_length;
};

Rect rows(Pixel from, Pixel to, int radiusPx, Rect clip)
{
    const int top = std::max(clip.y, std::min(from.y, to.y) - radiusPx);
    const int bottom = std::min(clip.bottom(), std::max(from.y, to.y) + radiusPx + 1);
    return {clip.x, top, clip.width, std::max(0, bottom - top)};
}

/// One pixel for each step along the longer side.
PixelRuns thinLineRuns(Pixel from, Pixel to, Rect clip)
{
    PixelRuns runs;
    const double dx = double(to.x) - from.x;
    const double dy = double(to.y) - from.y;
    if (std::abs(dy) >= std::abs(dx)) {
        const Rect part = rows(from, to, 0, clip);
        for (int y = part.y; y < part.bottom(); ++y) {
            const double x = dy == 0 ? from.x : from.x + (y - from.y) * dx / dy;
            append(runs, clip, y, std::lround(x), std::lround(x));
        }
        return runs;
    }
    const int first = std::max(clip.x, std::min(from.x, to.x));
    const int last = std::min(clip.right() - 1, std::max(from.x, to.x));
    for (int x = first; x <= last; ++x)
        append(runs, clip, int(std::lround(from.y + (x - from.x) * dy / dx)), x, x);
    return runs;
}

/// Where the middle of row y enters and leaves the polygon, from left to right.
std::vector<double> crossingsOfRow(const std::vector<Pixel>& corners, int y)
{
    std::vector<double> crossings;
    for (size_t i = 0; i < corners.size(); ++i) {
        const Pixel a = corners[i];
        const Pixel b = corners[(i + 1) % corners.size()];
        if ((a.y <= y) != (b.y <= y))
            crossings.push_back(a.x +
                                (double(y) - a.y) * (double(b.x) - a.x) / (double(b.y) - a.y));
    }
    std::sort(crossings.begin(), crossings.end());
    return crossings;
}

} // namespace

PixelRuns diskRuns(Pixel centre, int radiusPx, Rect clip)
{
    return lineRuns(centre, centre, radiusPx, clip);
}

PixelRuns lineRuns(Pixel from, Pixel to, int radiusPx, Rect clip)
{
    if (radiusPx <= 0)
        return thinLineRuns(from, to, clip);
    PixelRuns runs;
    const Band band(from, to, radiusPx);
    const Rect part = rows(from, to, radiusPx, clip);
    for (int y = part.y; y < part.bottom(); ++y) {
        // Disk, band and disk together have no dents: one run a row.
        Interval row;
        includeDisk(row, from, radiusPx, y);
        includeDisk(row, to, radiusPx, y);
        band.includeRow(row, y);
        append(runs, clip, y, row.from, row.to);
    }
    return runs;
}

PixelRuns polygonRuns(const std::vector<Pixel>& corners, Rect clip)
{
    PixelRuns runs;
    if (corners.empty())
        return runs;
    int top = corners.front().y;
    int bottom = top;
    for (const Pixel corner : corners) {
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    for (int y = std::max(top, clip.y); y <= std::min(bottom, clip.bottom() - 1); ++y) {
        const std::vector<double> crossings = crossingsOfRow(corners, y);
        for (size_t i = 0; i + 1 < crossings.size(); i += 2)
            append(runs, clip, y, qint64(std::ceil(crossings[i])),
                   qint64(std::floor(crossings[i + 1])));
    }
    for (size_t i = 0; i < corners.size(); ++i) {
        const PixelRuns edge = thinLineRuns(corners[i], corners[(i + 1) % corners.size()], clip);
        runs.insert(runs.end(), edge.begin(), edge.end());
    }
    return runs;
}

} // namespace emend
