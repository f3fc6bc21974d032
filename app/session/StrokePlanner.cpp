// SPDX-License-Identifier: Apache-2.0
#include "app/session/StrokePlanner.h"

#include "app/session/ErrorsToMend.h"
#include "core/project/PaintShapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace emend {

namespace {

using Mask = std::vector<quint8>;

/// A mask of some pixels of a slice.
struct Region
{
    Rect area;
    Rect slice;
    Mask mask;

    size_t index(Pixel p) const
    {
        return size_t(p.y - area.y) * size_t(area.width) + size_t(p.x - area.x);
    }

    bool has(Pixel p) const { return area.contains(p) && mask[index(p)] != 0; }

    /// Nothing stands in the way past the edge of the slice.
    bool isOpen(Pixel p) const { return has(p) || !slice.contains(p); }
};

/// The radius (at most largest) of the widest disk around each pixel that stays in the region;
/// -1 outside.
std::vector<int> widestDisks(const Region& region, int largest)
{
    const Rect area = region.area;
    const int far = largest + 1;
    // Distances to the next closed pixel, first down the columns, then across the rows.
    const Rect wide{area.x - far, area.y, area.width + 2 * far, area.height};
    std::vector<int> vertical(size_t(wide.pixelCount()));
    for (int x = wide.x; x < wide.right(); ++x) {
        for (int y = wide.y; y < wide.bottom(); ++y) {
            int distance = 0;
            while (distance < far && region.isOpen({x, y - distance}) &&
                   region.isOpen({x, y + distance}))
                ++distance;
            vertical[size_t(y - wide.y) * size_t(wide.width) + size_t(x - wide.x)] = distance;
        }
    }
    std::vector<int> radii(size_t(area.pixelCount()));
    for (int y = 0; y < area.height; ++y) {
        const int* row = vertical.data() + ptrdiff_t(y) * wide.width + far;
        for (int x = 0; x < area.width; ++x) {
            int squared = far * far;
            for (int dx = -far; dx <= far; ++dx)
                squared = std::min(squared, dx * dx + row[x + dx] * row[x + dx]);
            int radius = -1;
            while (radius < largest && (radius + 1) * (radius + 1) < squared)
                ++radius;
            radii[size_t(y) * size_t(area.width) + size_t(x)] = radius;
        }
    }
    return radii;
}

/// Mends the errors of one class, stroke by stroke.
class ClassBrush
{
public:
    ClassBrush(Region allowed, Region wanted, int classIndex, const BrushHabits& habits)
        : m_allowed(std::move(allowed))
        , m_wanted(std::move(wanted))
        , m_classIndex(classIndex)
        , m_habits(habits)
        , m_room(widestDisks(m_allowed, habits.largestRadiusPx))
        , m_errorRadii(widestDisks(m_wanted, habits.largestRadiusPx))
        , m_seenBy(m_room.size())
    {
    }

    void mendAll(std::vector<BrushStroke>& strokes)
    {
        for (const size_t start : startsWidestFirst()) {
            if (!m_wanted.mask[start])
                continue;
            const Trial best = bestFrom(start);
            if (best.gain < m_habits.smallestGainPx)
                continue; // another stroke may still pass here
            for (const size_t pixel : best.mended)
                m_wanted.mask[pixel] = 0;
            forgetSeams(best.mended);
            strokes.push_back(best.stroke);
        }
    }

private:
    struct Trial
    {
        BrushStroke stroke;
        std::vector<size_t> mended;
        int gain = 0;
        double gainPerSecond = 0;
    };

    std::vector<size_t> startsWidestFirst() const
    {
        std::vector<size_t> starts;
        for (size_t i = 0; i < m_wanted.mask.size(); ++i)
            if (m_wanted.mask[i])
                starts.push_back(i);
        std::stable_sort(starts.begin(), starts.end(),
                         [this](size_t a, size_t b) { return brushAt(a) > brushAt(b); });
        return starts;
    }

    int brushAt(size_t pixel) const
    {
        return std::min(m_room[pixel], m_errorRadii[pixel] + m_habits.widerThanErrorPx);
    }

    /// What a stroke leaves beside it and is too narrow to matter is left for good.
    void forgetSeams(const std::vector<size_t>& mended)
    {
        const int reach = m_habits.thinnestErrorPx;
        if (reach <= 1)
            return;
        std::vector<size_t> seams;
        for (const size_t pixel : mended) {
            const Pixel centre = pixelAt(pixel);
            for (int y = centre.y - reach + 1; y < centre.y + reach; ++y)
                for (int x = centre.x - reach + 1; x < centre.x + reach; ++x)
                    if (isSeam({x, y}) && !isInSquare({x, y}, reach))
                        seams.push_back(m_wanted.index({x, y}));
        }
        for (const size_t pixel : seams)
            m_wanted.mask[pixel] = 0;
    }

    bool isSeam(Pixel p) const
    {
        return m_wanted.has(p) && m_wanted.mask[m_wanted.index(p)] != closeIt;
    }

    /// One of the squares of side x side pixels around p is still to be mended.
    bool isInSquare(Pixel p, int side) const
    {
        for (int i = 0; i < side * side; ++i) {
            const Pixel corner{p.x - i % side, p.y - i / side};
            bool isFull = true;
            for (int j = 0; isFull && j < side * side; ++j)
                isFull = m_wanted.has({corner.x + j % side, corner.y + j / side});
            if (isFull)
                return true;
        }
        return false;
    }

    Pixel pixelAt(size_t index) const
    {
        return {m_wanted.area.x + int(index % size_t(m_wanted.area.width)),
                m_wanted.area.y + int(index / size_t(m_wanted.area.width))};
    }

    /// A somewhat smaller brush may get much further.
    Trial bestFrom(size_t start)
    {
        const int widest = brushAt(start);
        Trial best;
        int tried = -1;
        for (const int thirds : {3, 2, 1}) {
            const int radius = (widest * thirds + 2) / 3;
            if (radius == tried)
                continue;
            tried = radius;
            Trial trial = drawn(start, radius);
            if (trial.gainPerSecond > best.gainPerSecond)
                best = std::move(trial);
        }
        return best;
    }

    Trial drawn(size_t start, int radius)
    {
        ++m_trial;
        const Pixel from = pixelAt(start);
        Trial trial;
        take(trial, diskRuns(from, radius, m_wanted.slice));
        std::vector<Pixel> path{from};
        walk(trial, path, radius);
        std::reverse(path.begin(), path.end());
        walk(trial, path, radius);
        trial.stroke = {std::move(path), radius, m_classIndex};
        trial.gainPerSecond =
            trial.gain / (m_habits.strokeSeconds + trial.stroke.lengthPx() / m_habits.pxPerSecond);
        return trial;
    }

    /// From the end of the path on, as long as it pays.
    void walk(Trial& trial, std::vector<Pixel>& path, int radius)
    {
        constexpr int directions = 16;
        const int stepPx = std::max(2, radius);
        const int leastGain = std::max(1, std::min(stepPx, m_habits.smallestGainPx) / 2);
        while (true) {
            PixelRuns best;
            Pixel next;
            int bestGain = 0;
            for (int i = 0; i < directions; ++i) {
                const double angle = 2 * M_PI * i / directions;
                const Pixel to{path.back().x + int(std::lround(stepPx * std::cos(angle))),
                               path.back().y + int(std::lround(stepPx * std::sin(angle)))};
                if (!m_allowed.has(to) || m_room[m_allowed.index(to)] < radius)
                    continue;
                PixelRuns runs = lineRuns(path.back(), to, radius, m_wanted.slice);
                if (const int gain = gainOf(runs); gain > bestGain && isAllowed(runs)) {
                    bestGain = gain;
                    best = std::move(runs);
                    next = to;
                }
            }
            if (bestGain < leastGain)
                return;
            take(trial, best);
            path.push_back(next);
        }
    }

    template <typename Visit>
    void visit(const PixelRuns& runs, Visit visitPixel) const
    {
        for (const PixelRun run : runs)
            for (int x = run.fromX; x <= run.toX; ++x)
                visitPixel(Pixel{x, run.y});
    }

    int gainOf(const PixelRuns& runs) const
    {
        int gain = 0;
        visit(runs, [&](Pixel p) { gain += gainAt(p); });
        return gain;
    }

    /// Closing a leak is worth a stroke of its own.
    int gainAt(Pixel p) const
    {
        if (!m_wanted.has(p) || m_seenBy[m_wanted.index(p)] == m_trial)
            return 0;
        return m_wanted.mask[m_wanted.index(p)] == closeIt ? m_habits.smallestGainPx : 1;
    }

    bool isAllowed(const PixelRuns& runs) const
    {
        bool isAllowed = true;
        visit(runs, [&](Pixel p) { isAllowed = isAllowed && m_allowed.has(p); });
        return isAllowed;
    }

    void take(Trial& trial, const PixelRuns& runs)
    {
        visit(runs, [&](Pixel p) {
            if (gainAt(p) == 0)
                return;
            trial.gain += gainAt(p);
            m_seenBy[m_wanted.index(p)] = m_trial;
            trial.mended.push_back(m_wanted.index(p));
        });
    }

    Region m_allowed;
    Region m_wanted;
    int m_classIndex;
    BrushHabits m_habits;
    std::vector<int> m_room; ///< the brush that fits there
    std::vector<int> m_errorRadii;
    std::vector<int> m_seenBy; ///< the trial that mended a pixel last
    int m_trial = 0;
};

} // namespace

double BrushStroke::lengthPx() const
{
    double length = 0;
    for (size_t i = 1; i < path.size(); ++i)
        length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    return length;
}

StrokePlanner::StrokePlanner(Rect area, Rect slice, std::vector<quint8> truth, BrushHabits habits)
    : m_area(area)
    , m_slice(slice)
    , m_truth(std::move(truth))
    , m_habits(habits)
{
    Q_ASSERT(area.intersected(slice) == area && qint64(m_truth.size()) == area.pixelCount());
}

std::vector<BrushStroke> StrokePlanner::plan(const std::vector<quint8>& mending) const
{
    std::vector<BrushStroke> strokes;
    const int classCount = *std::max_element(m_truth.begin(), m_truth.end());
    for (int classIndex = 1; classIndex <= classCount; ++classIndex) {
        Region allowed{m_area, m_slice, Mask(m_truth.size())};
        Region wanted = allowed;
        for (size_t i = 0; i < m_truth.size(); ++i) {
            allowed.mask[i] = m_truth[i] == classIndex;
            wanted.mask[i] = m_truth[i] == classIndex ? mending[i] : quint8(leaveIt);
        }
        if (std::all_of(wanted.mask.begin(), wanted.mask.end(),
                        [](quint8 m) { return m == leaveIt; }))
            continue;
        ClassBrush brush(std::move(allowed), std::move(wanted), classIndex, m_habits);
        brush.mendAll(strokes);
    }
    return strokes;
}

} // namespace emend
