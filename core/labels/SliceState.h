// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"

namespace emend {

/// How far the work on one slice has come: what the slice strip shows.
enum class SliceState {
    untouched, ///< no label at all
    predicted, ///< labels, all of them a model's
    partly,    ///< a person decided about some pixels, a model (or nobody) about the others
    confirmed  ///< a person decided about every pixel
};

SliceState sliceState(const LabelVolume& labels, int z);

/// Whether a person has painted or confirmed anything.
bool hasCorrections(const LabelVolume& labels);

} // namespace emend
