// SPDX-License-Identifier: Apache-2.0
#include "core/labels/SliceState.h"

namespace emend {

SliceState sliceState(const LabelVolume& labels, int z)
{
    const auto counts = labels.countStates(z);
    const qint64 untouched = counts[size_t(LabelState::untouched)];
    const qint64 predicted = counts[size_t(LabelState::predicted)];
    const qint64 fixed =
        counts[size_t(LabelState::corrected)] + counts[size_t(LabelState::ignored)];
    if (fixed > 0)
        return untouched + predicted == 0 ? SliceState::confirmed : SliceState::partly;
    return predicted > 0 ? SliceState::predicted : SliceState::untouched;
}

bool hasCorrections(const LabelVolume& labels)
{
    for (int z = 0; z < labels.size().slices; ++z) {
        const SliceState state = sliceState(labels, z);
        if (state == SliceState::partly || state == SliceState::confirmed)
            return true;
    }
    return false;
}

} // namespace emend
