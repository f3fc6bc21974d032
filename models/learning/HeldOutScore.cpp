// SPDX-License-Identifier: Apache-2.0
#include "models/learning/HeldOutScore.h"

#include "core/metrics/SegmentationScore.h"
#include "models/learning/JudgedAreas.h"

#include <algorithm>
#include <span>

namespace emend {

namespace {

constexpr int borderPx = 2; ///< where a border lies is known no better

double diceOf(const ProbabilityMap& map, const std::vector<quint8>& truth)
{
    std::vector<std::span<const float>> planes;
    for (int c = 1; c <= map.classCount; ++c)
        planes.push_back(map.plane(c));
    return softDice(planes, truth);
}

qint64 countClearlyWrong(const std::vector<quint8>& classes, const std::vector<quint8>& truth,
                         int width, int height)
{
    const auto saysSoNearby = [&](int x, int y, quint8 wanted) {
        for (int v = std::max(0, y - borderPx); v <= std::min(height - 1, y + borderPx); ++v)
            for (int u = std::max(0, x - borderPx); u <= std::min(width - 1, x + borderPx); ++u)
                if (classes[size_t(v) * size_t(width) + size_t(u)] == wanted)
                    return true;
        return false;
    };
    qint64 count = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const quint8 wanted = truth[size_t(y) * size_t(width) + size_t(x)];
            count += wanted != 0 && !saysSoNearby(x, y, wanted);
        }
    }
    return count;
}

} // namespace

HeldOutScore::HeldOutScore(const TrainingSet& set, ComputeDevice device, PredictorOptions options)
    : m_set(set)
    , m_device(device)
    , m_options(options)
{
    constexpr int px = judgedAreaPx;
    std::vector<TrainingSet::Block> all;
    for (const TrainingSet::Block& block : set.heldOutBlocks()) {
        const Rect area = Rect{block.rect.x / px * px, block.rect.y / px * px, px, px}.intersected(
            set.stack().size().sliceRect());
        const bool isKnown = std::any_of(all.rbegin(), all.rend(), [&](const auto& known) {
            return known.z == block.z && known.rect == area;
        });
        if (!isKnown)
            all.push_back({block.z, area});
    }
    m_areas = evenlyChosen(all, mostJudgedAreas);
}

std::optional<HeldOutScore::Score> HeldOutScore::of(std::shared_ptr<const Checkpoint> model,
                                                    JobContext& job) const
{
    const std::vector<QString> names = m_set.classes().names();
    if (isEmpty() || !model || model->classNames != QStringList(names.begin(), names.end()))
        return {};
    Predictor predictor(model, m_device, m_options);
    JobContext silent = job.silent(); // the areas are no progress of the whole
    Score score;
    for (const TrainingSet::Block& area : m_areas) {
        const ProbabilityMap map =
            predictor.predictRect(m_set.stack(), area.z, area.rect, m_set.voxelSize(), silent);
        const std::vector<quint8> truth = m_set.targets(area.z, area.rect, true);
        score.dice += diceOf(map, truth) / double(m_areas.size());
        score.clearlyWrong += countClearlyWrong(map.winners(), truth, map.width, map.height);
    }
    return score;
}

} // namespace emend
