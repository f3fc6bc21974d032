// SPDX-License-Identifier: Apache-2.0
#include "core/project/CorrectedErrors.h"

namespace emend {

CorrectedErrors CorrectedErrors::count(const LabelVolume& labels, const Prediction& prediction)
{
    CorrectedErrors errors;
    const Rect slice = labels.size().sliceRect();
    std::vector<Label> row(size_t(slice.width));
    for (const int z : prediction.slices()) {
        if (labels.countStates(z)[size_t(LabelState::corrected)] == 0)
            continue;
        const std::vector<quint8> predicted = prediction.classes(z);
        for (int y = 0; y < slice.height; ++y) {
            labels.read(z, {0, y, slice.width, 1}, row.data());
            const quint8* shown = &predicted[size_t(y) * size_t(slice.width)];
            for (int x = 0; x < slice.width; ++x) {
                if (!row[size_t(x)].isCorrected())
                    continue;
                ++errors.corrected;
                errors.wrong += row[size_t(x)].classIndex() != shown[x];
            }
        }
    }
    return errors;
}

} // namespace emend
