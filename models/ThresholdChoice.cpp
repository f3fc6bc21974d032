// SPDX-License-Identifier: Apache-2.0
#include "models/ThresholdChoice.h"

#include "core/metrics/SegmentationScore.h"
#include "models/JudgedAreas.h"

#include <algorithm>

namespace emend {

namespace {

constexpr int smallestAreaPx = 128; ///< narrower ones hardly hold a whole cell
constexpr double allOver = 0.9;     ///< this share of an area's pixels is corrected

} // namespace

ThresholdChoice::ThresholdChoice(const TrainingSet& set, ComputeDevice device,
                                 PredictorOptions options)
    : m_set(set)
    , m_device(device)
    , m_options(options)
{
    std::vector<TrainingSet::Block> areas;
    if (set.holdsOutSlices())
        areas = areasOf(set.heldOutSlices(), allOver);
    m_isFromLearned = areas.empty();
    if (areas.empty())
        areas = areasOf(set.trainingSlices(), allOver);
    m_takesShown = areas.empty();
    if (areas.empty())
        areas = areasOf(set.trainingSlices(), 1);
    m_areas = evenlyChosen(areas, mostJudgedAreas);
}

std::vector<double> ThresholdChoice::thresholds()
{
    // Many a gap that joins two cells is a place where the model is hardly less than sure: finer
    // there.
    return {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.93};
}

std::vector<TrainingSet::Block> ThresholdChoice::areasOf(const SliceRange& slices,
                                                         double leastKnown) const
{
    std::vector<TrainingSet::Block> areas;
    const VolumeSize size = m_set.stack().size();
    for (const int z : slices) {
        for (int y = 0; y < size.height; y += judgedAreaPx) {
            for (int x = 0; x < size.width; x += judgedAreaPx) {
                const TrainingSet::Block area{
                    z, Rect{x, y, judgedAreaPx, judgedAreaPx}.intersected(size.sliceRect())};
                if (std::min(area.rect.width, area.rect.height) < smallestAreaPx)
                    continue;
                const std::vector<quint8> truth = truthOf(area);
                const auto open = std::count(truth.begin(), truth.end(), 0);
                if (double(open) <= (1 - leastKnown) * double(truth.size()))
                    areas.push_back(area);
            }
        }
    }
    return areas;
}

std::vector<quint8> ThresholdChoice::truthOf(const TrainingSet::Block& area) const
{
    std::vector<quint8> truth = m_set.targets(area.z, area.rect, true);
    const std::vector<quint8> learned = m_set.targets(area.z, area.rect, false);
    for (size_t i = 0; i < truth.size(); ++i)
        truth[i] = std::max(truth[i], learned[i]);
    const std::vector<quint8> shown =
        m_takesShown ? m_set.shown(area.z, area.rect) : std::vector<quint8>();
    for (size_t i = 0; i < shown.size(); ++i)
        truth[i] = truth[i] == 0 ? shown[i] : truth[i];
    return truth;
}

std::optional<double> ThresholdChoice::of(std::shared_ptr<const Checkpoint> model,
                                          JobContext& job) const
{
    const int membrane = model->membraneClass();
    if (membrane == 0 || m_areas.empty())
        return {};
    Predictor predictor(std::move(model), m_device, m_options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    StackScorer scorer(thresholds());
    for (const TrainingSet::Block& area : m_areas) {
        const ProbabilityMap map =
            predictor.predictRect(m_set.stack(), area.z, area.rect, m_set.voxelSize(), silent);
        std::vector<quint8> isInside = truthOf(area);
        std::replace(isInside.begin(), isInside.end(), quint8(membrane), quint8(0));
        scorer.addSlice(map.without(membrane), isInside, map.width, map.height);
    }
    if (scorer.sliceCount() == 0)
        return {};
    return 1 - scorer.steadyThreshold();
}

} // namespace emend
