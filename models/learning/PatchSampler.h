// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/learning/TrainingPatch.h"
#include "models/slices/ScaledSlice.h"
#include "models/slices/SliceNormalisation.h"

#include <map>

namespace emend {

/// Cuts patches out of corrected slices: half of them centred on a corrected pixel, so that small
/// corrections are seen often (and every other of these among the quarter of slices that was
/// corrected last), the others anywhere on a corrected slice. Held-out pixels are never among the
/// targets.
///
/// The training set must outlive it and have something to learn from.
class PatchSampler : public PatchSource
{
public:
    /// scale: stack pixels in a pixel of the model. borderPx: on each side of a patch, shown to the
    /// network only: no targets there.
    PatchSampler(const TrainingSet& set, PixelScale scale, int patchPx, int borderPx = 0);

    TrainingPatch draw(Random& random, bool varied) override;

private:
    struct Slice
    {
        ScaledSlice scaled;
        SliceNormalisation normalisation;
    };

    struct Place
    {
        int z = 0;
        Pixel centre; ///< in the stack
    };

    Place onCorrection(Random& random) const;
    Place onSlice(Random& random) const;
    TrainingPatch cut(const Place& place);
    const Slice& slice(int z);
    Rect rectAround(const ScaledSlice& slice, Pixel centre) const;
    void readTargets(int z, const ScaledSlice& slice, Rect rect, TrainingPatch& patch) const;

    const TrainingSet& m_set;
    PixelScale m_scale;
    int m_patchPx;
    int m_borderPx;
    bool m_hasBrightMembranes;
    std::vector<TrainingSet::Block> m_recent; ///< what was corrected last
    std::map<int, Slice> m_slices;            ///< those already seen, with their grey statistics
};

} // namespace emend
