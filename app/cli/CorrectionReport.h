// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/CorrectionExperiment.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace emend {

/// What came of simulated corrections, in one or more orders, for people and for programs.
struct CorrectionReport
{
    struct Run
    {
        CorrectionOrder order = CorrectionOrder::ranked;
        std::vector<CorrectionExperiment::Round> rounds;
    };

    /// Labelling the same slices from nothing with the same brush.
    struct Baseline
    {
        CorrectionEffort painted; ///< every class
        CorrectionEffort filled;  ///< borders painted, what they enclose filled by a click
        double paintedMinutes = 0;
        double filledMinutes = 0;
    };

    QString stack;
    QString model;
    SliceRange slices;
    SliceRange unseen;
    int strokesPerRound = 0;
    bool isLearning = true;
    int steps = 0;
    quint64 seed = 0;
    Baseline baseline;
    std::vector<Run> runs;

    QByteArray toJson() const;

    /// Strokes against V_rand and Dice, one line a run: of the slices that were worked on and,
    /// where the model learned, of the others.
    QByteArray toSvg() const;

    static QString nameOf(CorrectionOrder order); ///< "ranked"
    static QString tableHeader();
    static QString tableRow(const CorrectionExperiment::Round& round);

    /// What the last round's strokes and minutes are of labelling from nothing, borders painted.
    QString shareText(const Run& run) const;
};

} // namespace emend
