// SPDX-License-Identifier: Apache-2.0
#include "core/project/TrainingSet.h"

#include <algorithm>

namespace emend {

namespace {

constexpr int blockPx = TrainingSet::heldOutBlockPx;
constexpr int oneIn = 6;

// A place's rank depends on nothing but the place, so that what is held out mostly stays held out
// while more is corrected. (The finalizer of SplitMix64.)
quint64 rankOf(int z, int column, int row)
{
    quint64 bits =
        quint64(quint32(z)) << 40 ^ quint64(quint32(row)) << 20 ^ quint64(quint32(column));
    bits += 0x9E3779B97F4A7C15;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
    return bits ^ (bits >> 31);
}

quint64 rankOf(int z, Rect block)
{
    return rankOf(z, block.x / blockPx, block.y / blockPx);
}

/// The rank that the first of every six places stay at or below; 0, with nothing at or below it,
/// where there are fewer than six.
quint64 heldOutRank(std::vector<quint64> ranks)
{
    const size_t count = ranks.size() / oneIn;
    if (count == 0)
        return 0;
    std::nth_element(ranks.begin(), ranks.begin() + std::ptrdiff_t(count - 1), ranks.end());
    return ranks[count - 1];
}

} // namespace

TrainingSet::TrainingSet(std::shared_ptr<const ImageStack> stack, LabelVolume labels,
                         ClassTable classes)
    : m_stack(std::move(stack))
    , m_labels(std::move(labels))
    , m_classes(std::move(classes))
    , m_voxelSize(m_stack->info().voxelSize)
{
    Q_ASSERT(m_labels.size() == m_stack->size());
    std::vector<CorrectedBlock> blocks;
    for (int z = 0; z < m_labels.size().slices; ++z)
        findCorrections(z, blocks);
    chooseHeldOut(blocks);
    sortOut(blocks);
}

void TrainingSet::findCorrections(int z, std::vector<CorrectedBlock>& blocks) const
{
    if (m_labels.countStates(z)[size_t(LabelState::corrected)] == 0)
        return;
    for (const TileKey key : m_labels.touchedTiles(z)) {
        const Rect inside = key.rect().intersected(m_labels.size().sliceRect());
        for (int y = inside.y; y < inside.bottom(); y += blockPx) {
            for (int x = inside.x; x < inside.right(); x += blockPx) {
                const Rect block = Rect{x, y, blockPx, blockPx}.intersected(inside);
                if (const qint64 pixels = countCorrected(z, block))
                    blocks.push_back({{z, block}, pixels});
            }
        }
    }
}

qint64 TrainingSet::countCorrected(int z, Rect block) const
{
    std::vector<Label> labels(size_t(block.pixelCount()));
    m_labels.read(z, block, labels.data());
    return std::count_if(labels.begin(), labels.end(),
                         [this](Label label) { return isCorrection(label); });
}

bool TrainingSet::isCorrection(Label label) const
{
    return label.isCorrected() && m_classes.contains(label.classIndex());
}

void TrainingSet::chooseHeldOut(const std::vector<CorrectedBlock>& blocks)
{
    std::vector<quint64> sliceRanks;
    std::vector<quint64> blockRanks;
    int lastZ = -1;
    for (const CorrectedBlock& corrected : blocks) {
        const auto& [z, rect] = corrected.block;
        if (z != lastZ)
            sliceRanks.push_back(rankOf(z, 0, 0));
        lastZ = z;
        blockRanks.push_back(rankOf(z, rect));
    }
    m_holdsOutSlices = sliceRanks.size() >= oneIn;
    if (m_holdsOutSlices) {
        m_heldOutRank = heldOutRank(sliceRanks);
        m_holdsOutSlices = isFairShare(blocks);
    }
    if (!m_holdsOutSlices)
        m_heldOutRank = heldOutRank(blockRanks);
}

// Slices may hold very different numbers of corrections: a few of them must not take nearly all
// that there is to learn from, nor leave nearly nothing to score on.
bool TrainingSet::isFairShare(const std::vector<CorrectedBlock>& blocks) const
{
    qint64 all = 0;
    qint64 heldOut = 0;
    for (const CorrectedBlock& corrected : blocks) {
        all += corrected.pixels;
        heldOut += isHeldOut(corrected.block) ? corrected.pixels : 0;
    }
    return heldOut >= all / 20 && heldOut <= all / 3;
}

void TrainingSet::sortOut(const std::vector<CorrectedBlock>& blocks)
{
    std::vector<int> training;
    std::vector<int> heldOut;
    for (const auto& [block, pixels] : blocks) {
        m_correctedPixels += pixels;
        if (isHeldOut(block)) {
            m_heldOutPixels += pixels;
            m_heldOutBlocks.push_back(block);
            heldOut.push_back(block.z);
        } else {
            m_trainingBlocks.push_back(block);
            training.push_back(block.z);
        }
    }
    m_trainingSlices = SliceRange(std::move(training));
    m_heldOutSlices = SliceRange(std::move(heldOut));
}

bool TrainingSet::isHeldOut(const Block& block) const
{
    const quint64 rank = m_holdsOutSlices ? rankOf(block.z, 0, 0) : rankOf(block.z, block.rect);
    return m_heldOutRank != 0 && rank <= m_heldOutRank;
}

bool TrainingSet::isHeldOut(Pixel pixel, int z) const
{
    return isHeldOut(Block{z, {pixel.x, pixel.y, 1, 1}});
}

std::vector<quint8> TrainingSet::targets(int z, Rect rect, bool heldOut) const
{
    std::vector<quint8> targets(size_t(rect.pixelCount()));
    const Rect inside = rect.intersected(m_labels.size().sliceRect());
    if (inside.isEmpty())
        return targets;
    std::vector<Label> labels(size_t(inside.pixelCount()));
    m_labels.read(z, inside, labels.data());
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const Label* row = &labels[size_t(y - inside.y) * size_t(inside.width)];
        quint8* out = &targets[size_t(y - rect.y) * size_t(rect.width)];
        bool isWanted = false;
        for (int x = inside.x; x < inside.right(); ++x) {
            if (x == inside.x || x % blockPx == 0)
                isWanted = isHeldOut({x, y}, z) == heldOut;
            const Label label = row[x - inside.x];
            out[x - rect.x] = isWanted && isCorrection(label) ? quint8(label.classIndex()) : 0;
        }
    }
    return targets;
}

} // namespace emend
