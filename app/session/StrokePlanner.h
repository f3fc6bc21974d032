// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <vector>

namespace emend {

/// A drag of the brush from corner to corner of a path; one pixel is a dab.
struct BrushStroke
{
    std::vector<Pixel> path;
    int radiusPx = 0;
    int classIndex = 0;

    double lengthPx() const;
};

/// What a person finds worth a stroke, and paints with.
struct BrushHabits
{
    int smallestErrorPx = 16;   ///< connected pixels; smaller errors are left alone
    int thinnestErrorPx = 3;    ///< narrower errors are a matter of taste where borders lie
    int smallestGainPx = 6;     ///< a stroke that would mend fewer pixels is not drawn
    int largestRadiusPx = 12;   ///< of the brush
    int widerThanErrorPx = 2;   ///< the brush is at most that much wider than the error, each side
    double strokeSeconds = 0.7; ///< to aim, press and release
    double pxPerSecond = 250;   ///< how fast the brush is drawn

    /// Every wrong pixel is painted.
    static BrushHabits exact()
    {
        BrushHabits habits;
        habits.smallestErrorPx = habits.thinnestErrorPx = habits.smallestGainPx = 1;
        return habits;
    }
};

/// Plans the strokes that mend errors of one piece of a slice, the way a person would draw them:
/// along the middle of what is wrong, as wide as the true class allows, the ones first that mend
/// most in their time.
///
/// Greedy: a stroke starts where the brush can be widest, goes on in the direction that mends
/// most, and then on from its beginning the other way; of some brush sizes the one that mends most
/// a second is taken. No stroke covers a pixel of another class. A value.
class StrokePlanner
{
public:
    /// area: of the slice, inside of it. truth: the class of each of its pixels, row after row;
    /// 0 where it is not known, which is never painted.
    StrokePlanner(Rect area, Rect slice, std::vector<quint8> truth, BrushHabits habits = {});

    /// isWrong: 1 for pixels of area to be mended.
    std::vector<BrushStroke> plan(const std::vector<quint8>& isWrong) const;

private:
    Rect m_area;
    Rect m_slice;
    std::vector<quint8> m_truth;
    BrushHabits m_habits;
};

} // namespace emend
