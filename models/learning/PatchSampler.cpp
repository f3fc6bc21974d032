// SPDX-License-Identifier: Apache-2.0
#include "models/learning/PatchSampler.h"

#include "models/learning/Augmentation.h"
#include "models/slices/MembranePolarity.h"

#include <algorithm>

namespace emend {

namespace {

bool hasTargets(const TrainingPatch& patch)
{
    return std::any_of(patch.targets.begin(), patch.targets.end(),
                       [](quint8 target) { return target != 0; });
}

/// Begins such that the interval lies on the line where it fits, else in its middle.
int placed(int centre, int length, int lineLength)
{
    if (length >= lineLength)
        return (lineLength - length) / 2;
    return std::clamp(centre - length / 2, 0, lineLength - length);
}

/// When a slice was corrected last.
qint64 writeOrderOf(const LabelVolume& labels, int z)
{
    qint64 last = 0;
    for (const TileKey key : labels.touchedTiles(z))
        last = std::max(last, labels.tile(key).writeOrder());
    return last;
}

/// The blocks of the quarter of slices that was corrected last.
std::vector<TrainingSet::Block> recentBlocks(const TrainingSet& set)
{
    std::vector<std::pair<qint64, int>> slices;
    for (const int z : set.trainingSlices())
        slices.emplace_back(writeOrderOf(set.labels(), z), z);
    std::sort(slices.rbegin(), slices.rend());
    slices.resize((slices.size() + 3) / 4);
    std::vector<TrainingSet::Block> recent;
    for (const TrainingSet::Block& block : set.trainingBlocks())
        for (const auto& [order, z] : slices)
            if (block.z == z)
                recent.push_back(block);
    return recent;
}

} // namespace

PatchSampler::PatchSampler(const TrainingSet& set, PixelScale scale, int patchPx, int borderPx)
    : m_set(set)
    , m_scale(scale)
    , m_patchPx(patchPx)
    , m_borderPx(borderPx)
    , m_hasBrightMembranes(hasBrightMembranes(set.stack(), scale))
    , m_recent(recentBlocks(set))
{
    Q_ASSERT(!set.trainingBlocks().empty());
}

TrainingPatch PatchSampler::draw(Random& random, bool varied)
{
    TrainingPatch patch;
    if (chance(random, 0.5))
        patch = cut(onSlice(random));
    // Where little is corrected, a patch from anywhere is mostly empty.
    if (!hasTargets(patch))
        patch = cut(onCorrection(random));
    if (varied)
        augment(patch, random);
    return patch;
}

PatchSampler::Place PatchSampler::onCorrection(Random& random) const
{
    const auto& blocks = chance(random, 0.5) ? m_recent : m_set.trainingBlocks();
    const auto& [z, rect] = blocks[size_t(uniformInt(random, 0, int(blocks.size()) - 1))];
    const std::vector<quint8> targets = m_set.targets(z, rect, false);
    const auto count = targets.size() - size_t(std::count(targets.begin(), targets.end(), 0));
    Q_ASSERT(count > 0);
    int wanted = uniformInt(random, 0, int(count) - 1);
    int i = 0;
    while (targets[size_t(i)] == 0 || wanted-- > 0)
        ++i;
    return {z, {rect.x + i % rect.width, rect.y + i / rect.width}};
}

PatchSampler::Place PatchSampler::onSlice(Random& random) const
{
    const SliceRange& slices = m_set.trainingSlices();
    const VolumeSize size = m_set.stack().size();
    return {slices[uniformInt(random, 0, slices.count() - 1)],
            {uniformInt(random, 0, size.width - 1), uniformInt(random, 0, size.height - 1)}};
}

const PatchSampler::Slice& PatchSampler::slice(int z)
{
    const auto known = m_slices.find(z);
    if (known != m_slices.end())
        return known->second;
    const ScaledSlice scaled(m_set.stack(), z, m_scale);
    return m_slices.emplace(z, Slice{scaled, SliceNormalisation::of(scaled, m_hasBrightMembranes)})
        .first->second;
}

TrainingPatch PatchSampler::cut(const Place& place)
{
    const Slice& from = slice(place.z);
    const Rect rect = rectAround(from.scaled, place.centre);
    TrainingPatch patch{m_patchPx, from.scaled.readMirrored(rect), {}};
    from.normalisation.apply(patch.grey);
    readTargets(place.z, from.scaled, rect, patch);
    return patch;
}

Rect PatchSampler::rectAround(const ScaledSlice& slice, Pixel centre) const
{
    const VolumeSize size = m_set.stack().size();
    const int x = int(qint64(centre.x) * slice.width() / size.width);
    const int y = int(qint64(centre.y) * slice.height() / size.height);
    const int targetPx = m_patchPx - 2 * m_borderPx;
    const Rect answer = {placed(x, targetPx, slice.width()), placed(y, targetPx, slice.height()),
                         targetPx, targetPx};
    return answer.grownBy(m_borderPx);
}

void PatchSampler::readTargets(int z, const ScaledSlice& slice, Rect rect,
                               TrainingPatch& patch) const
{
    patch.targets.assign(size_t(m_patchPx) * size_t(m_patchPx), 0);
    const Rect inside = rect.grownBy(-m_borderPx).intersected(slice.rect());
    const int left = slice.stackColumn(inside.x);
    const int top = slice.stackRow(inside.y);
    const Rect inStack = {left, top, slice.stackColumn(inside.right() - 1) - left + 1,
                          slice.stackRow(inside.bottom() - 1) - top + 1};
    const std::vector<quint8> targets = m_set.targets(z, inStack, false);
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const quint8* from = &targets[size_t(slice.stackRow(y) - top) * size_t(inStack.width)];
        quint8* to = &patch.targets[size_t(y - rect.y) * size_t(m_patchPx)];
        for (int x = inside.x; x < inside.right(); ++x)
            to[x - rect.x] = from[slice.stackColumn(x) - left];
    }
}

} // namespace emend
