// SPDX-License-Identifier: Apache-2.0
#include "models/HeldOutScore.h"

#include "core/metrics/SegmentationScore.h"

#include <algorithm>
#include <span>

namespace emend {

namespace {

constexpr int areaPx = 512;
constexpr size_t mostAreas = 6;

double diceOf(const ProbabilityMap& map, const std::vector<quint8>& truth)
{
    std::vector<std::span<const float>> planes;
    for (int c = 1; c <= map.classCount; ++c)
        planes.push_back(map.plane(c));
    return softDice(planes, truth);
}

} // namespace

HeldOutScore::HeldOutScore(const TrainingSet& set, ComputeDevice device, PredictorOptions options)
    : m_set(set)
    , m_device(device)
    , m_options(options)
{
    std::vector<Area> all;
    for (const TrainingSet::Block& block : set.heldOutBlocks()) {
        const Rect area =
            Rect{block.rect.x / areaPx * areaPx, block.rect.y / areaPx * areaPx, areaPx, areaPx}
                .intersected(set.stack().size().sliceRect());
        const bool isKnown = std::any_of(all.rbegin(), all.rend(), [&](const Area& known) {
            return known.z == block.z && known.rect == area;
        });
        if (!isKnown)
            all.push_back({block.z, area});
    }
    const size_t count = std::min(all.size(), mostAreas);
    for (size_t i = 0; i < count; ++i)
        m_areas.push_back(all[i * all.size() / count]);
}

std::optional<double> HeldOutScore::of(std::shared_ptr<const Checkpoint> model,
                                       JobContext& job) const
{
    const std::vector<QString> names = m_set.classes().names();
    if (isEmpty() || !model || model->classNames != QStringList(names.begin(), names.end()))
        return {};
    Predictor predictor(std::move(model), m_device, m_options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    double sum = 0;
    for (const Area& area : m_areas) {
        const ProbabilityMap map =
            predictor.predictRect(m_set.stack(), area.z, area.rect, m_set.voxelSize(), silent);
        sum += diceOf(map, m_set.targets(area.z, area.rect, true));
    }
    return sum / double(m_areas.size());
}

} // namespace emend
