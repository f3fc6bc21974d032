// SPDX-License-Identifier: Apache-2.0
#include "models/learning/BeliefElsewhere.h"

#include "core/labels/LabelEdit.h"
#include "models/learning/JudgedAreas.h"

#include <algorithm>

namespace emend {

namespace {

constexpr size_t mostAreas = 8;

std::vector<int> slicesWithoutCorrections(const TrainingSet& set)
{
    std::vector<int> slices;
    for (int z = 0; z < set.stack().size().slices; ++z)
        if (!set.trainingSlices().contains(z) && !set.heldOutSlices().contains(z))
            slices.push_back(z);
    return slices;
}

/// Somewhere on the slice, another place on each one.
Rect areaOn(VolumeSize size, int z)
{
    Random random{quint64(z)};
    const int width = std::min(judgedAreaPx, size.width);
    const int height = std::min(judgedAreaPx, size.height);
    const int x = uniformInt(random, 0, size.width - width);
    return {x, uniformInt(random, 0, size.height - height), width, height};
}

/// A class of the pixel, each as likely as the model holds it to be.
int drawnClass(const ProbabilityMap& map, size_t pixel, Random& random)
{
    double left = uniform(random, 0, 1);
    for (int c = 1; c < map.classCount; ++c) {
        left -= map.plane(c)[pixel];
        if (left < 0)
            return c;
    }
    return map.classCount;
}

} // namespace

std::optional<TrainingSet> beliefElsewhere(const TrainingSet& set,
                                           const std::shared_ptr<const Checkpoint>& teacher,
                                           const ComputeDevice& device,
                                           const PredictorOptions& options, JobContext& job)
{
    const std::vector<QString> names = set.classes().names();
    if (!teacher || teacher->classNames != QStringList(names.begin(), names.end()))
        return {};
    Predictor predictor(teacher, device, options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    const VolumeSize size = set.stack().size();
    LabelVolume labels(size);
    for (const int z : evenlyChosen(slicesWithoutCorrections(set), mostAreas)) {
        const Rect area = areaOn(size, z);
        const ProbabilityMap map =
            predictor.predictRect(set.stack(), z, area, set.voxelSize(), silent);
        Random random{quint64(z)};
        editLabels(labels, z, area, [&](Pixel pixel, Label) {
            const auto i = size_t(pixel.y - area.y) * size_t(area.width) + size_t(pixel.x - area.x);
            return Label(drawnClass(map, i, random), LabelState::corrected);
        }).applyTo(labels);
    }
    TrainingSet elsewhere(set.stackPtr(), std::move(labels), set.classes());
    elsewhere.setVoxelSize(set.voxelSize());
    if (elsewhere.trainingBlocks().empty())
        return {};
    return elsewhere;
}

MixedPatches::MixedPatches(const TrainingSet& corrected, const TrainingSet& elsewhere,
                           PixelScale scale, int patchPx, int borderPx)
    : m_corrected(corrected, scale, patchPx, borderPx)
    , m_elsewhere(elsewhere, scale, patchPx, borderPx)
    , m_share(shareElsewhere(corrected))
{
}

double MixedPatches::shareElsewhere(const TrainingSet& corrected)
{
    const VolumeSize size = corrected.stack().size();
    const double slices =
        double(corrected.correctedPixels()) / (double(size.width) * double(size.height));
    return 0.5 / (1 + slices / 8);
}

TrainingPatch MixedPatches::draw(Random& random, bool varied)
{
    return chance(random, m_share) ? m_elsewhere.draw(random, varied)
                                   : m_corrected.draw(random, varied);
}

} // namespace emend
