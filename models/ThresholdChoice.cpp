// SPDX-License-Identifier: Apache-2.0
#include "models/ThresholdChoice.h"

#include "core/metrics/SegmentationScore.h"

#include <algorithm>

namespace emend {

namespace {

constexpr int areaPx = 512;
constexpr int smallestAreaPx = 128; ///< narrower ones hardly hold a whole cell
constexpr size_t mostAreas = 6;
constexpr double allOver = 0.9; ///< this share of an area's pixels is corrected

template <typename T>
std::vector<T> evenly(const std::vector<T>& all, size_t most)
{
    std::vector<T> chosen;
    const size_t count = std::min(all.size(), most);
    for (size_t i = 0; i < count; ++i)
        chosen.push_back(all[i * all.size() / count]);
    return chosen;
}

} // namespace

std::vector<float> insideProbability(const ProbabilityMap& map, int membrane)
{
    const auto plane = map.plane(membrane);
    std::vector<float> inside(plane.size());
    std::transform(plane.begin(), plane.end(), inside.begin(), [](float p) { return 1 - p; });
    return inside;
}

ThresholdChoice::ThresholdChoice(const TrainingSet& set, ComputeDevice device,
                                 PredictorOptions options)
    : m_set(set)
    , m_device(device)
    , m_options(options)
{
    std::vector<Area> areas = areasOf(set.heldOutSlices());
    m_isFromLearned = areas.empty();
    if (m_isFromLearned)
        areas = areasOf(set.trainingSlices());
    m_areas = evenly(areas, mostAreas);
}

std::vector<ThresholdChoice::Area> ThresholdChoice::areasOf(const SliceRange& slices) const
{
    std::vector<Area> areas;
    const VolumeSize size = m_set.stack().size();
    for (const int z : slices) {
        for (int y = 0; y < size.height; y += areaPx) {
            for (int x = 0; x < size.width; x += areaPx) {
                const Area area{z, Rect{x, y, areaPx, areaPx}.intersected(size.sliceRect())};
                if (std::min(area.rect.width, area.rect.height) < smallestAreaPx)
                    continue;
                const std::vector<quint8> truth = truthOf(area);
                const auto open = std::count(truth.begin(), truth.end(), 0);
                if (double(open) <= (1 - allOver) * double(truth.size()))
                    areas.push_back(area);
            }
        }
    }
    return areas;
}

std::vector<quint8> ThresholdChoice::truthOf(const Area& area) const
{
    std::vector<quint8> truth = m_set.targets(area.z, area.rect, true);
    const std::vector<quint8> learned = m_set.targets(area.z, area.rect, false);
    for (size_t i = 0; i < truth.size(); ++i)
        truth[i] = std::max(truth[i], learned[i]);
    return truth;
}

std::optional<double> ThresholdChoice::of(std::shared_ptr<const Checkpoint> model,
                                          JobContext& job) const
{
    const int membrane = model->classIndexOf(QStringLiteral("membrane"));
    if (membrane == 0 || m_areas.empty())
        return {};
    Predictor predictor(std::move(model), m_device, m_options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    StackScorer scorer;
    for (const Area& area : m_areas) {
        const ProbabilityMap map =
            predictor.predictRect(m_set.stack(), area.z, area.rect, m_set.voxelSize(), silent);
        std::vector<quint8> isInside = truthOf(area);
        std::replace(isInside.begin(), isInside.end(), quint8(membrane), quint8(0));
        scorer.addSlice(insideProbability(map, membrane), isInside, map.width, map.height);
    }
    if (scorer.sliceCount() == 0)
        return {};
    return 1 - scorer.steadyThreshold();
}

} // namespace emend
