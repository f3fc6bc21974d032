// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/StrokePlanner.h"
#include "core/labels/LabelEdit.h"
#include "core/project/PlacesToCorrect.h"

namespace emend {

class Project;

/// What correcting cost, and what came of it.
struct CorrectionEffort
{
    int looked = 0;     ///< places
    int withErrors = 0; ///< of them, with an error worth a stroke
    int confirmed = 0;  ///< of them, confirmed
    int strokes = 0;
    double strokePx = 0;       ///< their length
    qint64 paintedPixels = 0;  ///< became corrected under the brush
    qint64 mendedPixels = 0;   ///< of them, had another class before
    qint64 approvedPixels = 0; ///< became corrected by being confirmed
    qint64 mistakenPixels = 0; ///< of them, had not the true class

    qint64 correctedPixels() const { return paintedPixels + approvedPixels; }
};

/// How a person works through places. The times are assumptions, not measured on people: about
/// what the keystroke-level model has for looking and deciding, pointing, and one key.
struct CorrectorHabits
{
    BrushHabits brush;
    bool confirmsPlaces = true; ///< what is right, or just mended, is confirmed with one key
    double lookSeconds = 1.5;   ///< to go to a place and judge it
    double confirmSeconds = 0.3;

    double minutes(const CorrectionEffort& effort) const;
};

/// Corrects a project the way a person would who knows the truth: goes to a place, compares the
/// labels with the truth, paints over the errors that are worth a stroke with the project's own
/// brush, and confirms the rest of the place.
///
/// Strokes never give a pixel a wrong class. Confirming does where an error was too small or too
/// narrow for a stroke, as it happens to people; such pixels are counted. Lives on the project's
/// thread; the project and the truth outlive it.
class SimulatedCorrector
{
public:
    /// truth: labels whose classes are right; pixels without a class are not judged.
    SimulatedCorrector(Project& project, const LabelVolume& truth, CorrectorHabits habits = {});

    /// A place in which all is decided is passed by, and costs nothing.
    void correct(const Place& place);

    const CorrectionEffort& effort() const { return m_effort; }

    /// What the same brush takes to label slices from nothing. with fills: the insides of the
    /// borders (all classes but the first) are filled with a click each instead of painted.
    static CorrectionEffort labelFromNothing(const LabelVolume& truth, const SliceRange& slices,
                                             const CorrectorHabits& habits, bool withFills);

private:
    std::vector<BrushStroke> strokesFor(const Place& place) const;
    void paint(int z, const std::vector<BrushStroke>& strokes);
    void count(const LabelEdit& painted);
    void confirm(const Place& place);

    Project& m_project;
    const LabelVolume& m_truth;
    CorrectorHabits m_habits;
    CorrectionEffort m_effort;
};

} // namespace emend
