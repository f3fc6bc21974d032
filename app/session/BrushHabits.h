// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace emend {

/// What a person who corrects finds worth a stroke, and paints with.
struct BrushHabits
{
    int smallestErrorPx = 16;   ///< connected pixels; smaller errors are left alone
    int thinnestErrorPx = 3;    ///< narrower errors are a matter of taste where borders lie
    int leakReachPx = 5;        ///< two things run together within so many pixels
    int smallestGainPx = 12;    ///< a stroke that would mend fewer pixels is not drawn
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

} // namespace emend
