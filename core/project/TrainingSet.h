// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/image/SliceRange.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"

#include <memory>
#include <vector>

namespace emend {

/// A snapshot of the corrected pixels: all that fine-tuning sees. A value; may be read from any
/// thread.
///
/// Of every six corrected slices one is held out, its pixels are for scoring only. With fewer
/// than six, or where that would hold out next to nothing or more than a third of the corrected
/// pixels, single blocks of 64 x 64 pixels are held out instead: one of every six that hold
/// corrections, none where fewer than six do. A place is chosen by where it is, so that the choice
/// hardly moves as more is corrected.
class TrainingSet
{
public:
    static constexpr int heldOutBlockPx = 64;

    TrainingSet(std::shared_ptr<const ImageStack> stack, LabelVolume labels, ClassTable classes);

    const ImageStack& stack() const { return *m_stack; }

    const std::shared_ptr<const ImageStack>& stackPtr() const { return m_stack; }

    const LabelVolume& labels() const { return m_labels; }

    const ClassTable& classes() const { return m_classes; }

    /// The stack's voxel size, or the user's.
    VoxelSize voxelSize() const { return m_voxelSize; }

    void setVoxelSize(VoxelSize size) { m_voxelSize = size; }

    /// Slices with corrected pixels to learn from, and slices with held-out pixels.
    const SliceRange& trainingSlices() const { return m_trainingSlices; }

    const SliceRange& heldOutSlices() const { return m_heldOutSlices; }

    /// All corrected pixels, and how many of them are held out.
    qint64 correctedPixels() const { return m_correctedPixels; }

    qint64 heldOutPixels() const { return m_heldOutPixels; }

    /// The pixel lies where corrections are for scoring only.
    bool isHeldOut(Pixel pixel, int z) const;

    /// For rect of slice z (may reach past the edge): the class (1..) of each pixel to learn from
    /// or, with heldOut, to score on; 0 for all the others.
    std::vector<quint8> targets(int z, Rect rect, bool heldOut) const;

    /// A block with corrections to learn from: patches are centred near such blocks.
    struct Block
    {
        int z = 0;
        Rect rect;
    };

    const std::vector<Block>& trainingBlocks() const { return m_trainingBlocks; }

    /// The blocks with corrections to score on.
    const std::vector<Block>& heldOutBlocks() const { return m_heldOutBlocks; }

private:
    struct CorrectedBlock
    {
        Block block;
        qint64 pixels = 0;
    };

    void findCorrections(int z, std::vector<CorrectedBlock>& blocks) const;
    qint64 countCorrected(int z, Rect block) const;
    bool isCorrection(Label label) const;
    void chooseHeldOut(const std::vector<CorrectedBlock>& blocks);
    bool isFairShare(const std::vector<CorrectedBlock>& blocks) const;
    void sortOut(const std::vector<CorrectedBlock>& blocks);
    bool isHeldOut(const Block& block) const;

    std::shared_ptr<const ImageStack> m_stack;
    LabelVolume m_labels;
    ClassTable m_classes;
    VoxelSize m_voxelSize;
    SliceRange m_trainingSlices;
    SliceRange m_heldOutSlices;
    bool m_holdsOutSlices = false; ///< else blocks
    quint64 m_heldOutRank = 0;     ///< places up to it are held out; 0: none
    std::vector<Block> m_trainingBlocks;
    std::vector<Block> m_heldOutBlocks;
    qint64 m_correctedPixels = 0;
    qint64 m_heldOutPixels = 0;
};

} // namespace emend
