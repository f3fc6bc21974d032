// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/Predictor.h"
#include "models/learning/PatchSampler.h"

#include <memory>
#include <optional>

namespace emend {

/// What a model believes of slices that nobody corrected, as if it were corrections: who learns
/// from it beside the true ones does not forget the rest of the stack for the sake of a few strokes
/// (learning without forgetting; Z. Li and D. Hoiem, ECCV 2016). The class of each pixel is drawn
/// as likely as the model holds it to be, so that on average nothing is believed more or less
/// firmly than before; were only what it is sure of taught, membranes would become thicker.
///
/// Costs a bounded time: at most eight areas of 512 x 512 pixels are predicted. The same draws for
/// the same model and stack. Empty where the teacher knows other classes, or corrections are on
/// every slice. Compute thread only.
std::optional<TrainingSet> beliefElsewhere(const TrainingSet& set,
                                           const std::shared_ptr<const Checkpoint>& teacher,
                                           const ComputeDevice& device,
                                           const PredictorOptions& options, JobContext& job);

/// Patches with corrections, and among them some from elsewhere: the fewer the more is corrected,
/// at most half of them.
class MixedPatches : public PatchSource
{
public:
    /// The sets must outlive it. The numbers are those of PatchSampler.
    MixedPatches(const TrainingSet& corrected, const TrainingSet& elsewhere, PixelScale scale,
                 int patchPx, int borderPx = 0);

    TrainingPatch draw(Random& random, bool varied) override;

    /// The share of patches from elsewhere: one half, a quarter where eight slices are corrected.
    static double shareElsewhere(const TrainingSet& corrected);

private:
    PatchSampler m_corrected;
    PatchSampler m_elsewhere;
    double m_share;
};

} // namespace emend
