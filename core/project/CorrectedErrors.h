// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"
#include "core/labels/Prediction.h"

namespace emend {

/// How much of what a person corrected or confirmed a prediction had wrong.
struct CorrectedErrors
{
    qint64 corrected = 0; ///< pixels, on predicted slices
    qint64 wrong = 0;     ///< of these, where the prediction shows another class

    static CorrectedErrors count(const LabelVolume& labels, const Prediction& prediction);
};

} // namespace emend
