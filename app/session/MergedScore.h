// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/SliceRange.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"
#include "core/labels/Prediction.h"
#include "core/metrics/SegmentationScore.h"

namespace emend {

/// How good what the user would export is.
struct MergedScore
{
    SegmentationScore score;  ///< V_rand and V_info at their best thresholds
    double exportedVRand = 0; ///< where masks are cut: chosen without knowing the truth
    bool hasObjects = false;  ///< V_rand and V_info mean something
};

/// Scores slices against the truth: the prediction's probabilities, and 0 and 1 where a person
/// decided. classes: what the indices in all three mean; V_rand looks at "inside", or at all that
/// is not "membrane". All slices are predicted.
MergedScore mergedScore(const Prediction& prediction, const LabelVolume& labels,
                        const LabelVolume& truth, const ClassTable& classes,
                        const SliceRange& slices);

} // namespace emend
