// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/BrushHabits.h"
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

    /// mending: of each pixel of area, as errorsToMend() has it. What a stroke leaves beside it is
    /// forgotten where it is too narrow to matter.
    std::vector<BrushStroke> plan(const std::vector<quint8>& mending) const;

private:
    Rect m_area;
    Rect m_slice;
    std::vector<quint8> m_truth;
    BrushHabits m_habits;
};

} // namespace emend
