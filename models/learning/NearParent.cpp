// SPDX-License-Identifier: Apache-2.0
#include "models/learning/NearParent.h"

#include <algorithm>

namespace emend {

namespace {

constexpr double leastShare = 0.6; // measured: docs/measurements.md, Where corrections pay

} // namespace

double shareOfLearned(const TrainingSet& set, const Checkpoint* parent)
{
    const std::vector<QString> names = set.classes().names();
    if (!parent || parent->classNames != QStringList(names.begin(), names.end()))
        return 1;
    const VolumeSize size = set.stack().size();
    int touched = 0;
    for (int z = 0; z < size.slices; ++z)
        if (set.trainingSlices().contains(z) || set.heldOutSlices().contains(z))
            ++touched;
    const double pixels = double(touched) * double(size.pixelsPerSlice());
    const double corrected = pixels > 0 ? double(set.correctedPixels()) / pixels : 1;
    return leastShare + (1 - leastShare) * std::min(1.0, corrected);
}

void moveTowards(const Checkpoint& parent, double shareOfLearned, Checkpoint& model)
{
    const auto share = float(shareOfLearned);
    for (auto& [name, tensor] : model.weights) {
        const std::vector<float>& before = parent.weights.at(name).values;
        std::ranges::transform(
            tensor.values, before, tensor.values.begin(),
            [share](float learned, float old) { return share * learned + (1 - share) * old; });
    }
}

} // namespace emend
