// SPDX-License-Identifier: Apache-2.0
#include "models/SureElsewhere.h"

#include "core/labels/LabelEdit.h"
#include "models/JudgedAreas.h"

#include <algorithm>

namespace emend {

namespace {

constexpr size_t mostAreas = 8;
constexpr float sure = 0.85F;

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

/// The class of each pixel that the model is sure of, 0 elsewhere.
int sureClass(const ProbabilityMap& map, size_t pixel)
{
    for (int c = 1; c <= map.classCount; ++c)
        if (map.plane(c)[pixel] > sure)
            return c;
    return 0;
}

} // namespace

std::optional<TrainingSet> sureElsewhere(const TrainingSet& set,
                                         const std::shared_ptr<const Checkpoint>& teacher,
                                         const ComputeDevice& device,
                                         const PredictorOptions& options, JobContext& job)
{
    const std::vector<QString> names = set.classes().names();
    if (!teacher || teacher->classNames != QStringList(names.begin(), names.end()))
        return {};
    Predictor predictor(Checkpoint::decided(teacher), device, options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    const VolumeSize size = set.stack().size();
    LabelVolume labels(size);
    for (const int z : evenlyChosen(slicesWithoutCorrections(set), mostAreas)) {
        const Rect area = areaOn(size, z);
        const ProbabilityMap map =
            predictor.predictRect(set.stack(), z, area, set.voxelSize(), silent);
        editLabels(labels, z, area, [&](Pixel pixel, Label old) {
            const auto i = size_t(pixel.y - area.y) * size_t(area.width) + size_t(pixel.x - area.x);
            const int c = sureClass(map, i);
            return c == 0 ? old : Label(c, LabelState::corrected);
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
