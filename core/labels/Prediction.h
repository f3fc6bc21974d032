// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/SliceRange.h"
#include "core/labels/LabelEdit.h"
#include "core/labels/SquareGrid.h"
#include "core/labels/Stored.h"

#include <memory>
#include <span>
#include <vector>

namespace emend {

/// Class probabilities of one slice: classCount planes of width x height, plane after plane
/// (class 1 first), each row after row; 0..1, the planes sum up to 1.
struct ProbabilityMap
{
    int width = 0;
    int height = 0;
    int classCount = 0;
    std::vector<float> values;

    /// What hangs on the borders between cells: about how many pixels would be in a wrong cell
    /// where a border was judged wrongly, times how likely that is. Empty where nobody judged them.
    SquareGrid stakes = {};

    /// Pixels of one class, counted from 1.
    std::span<const float> plane(int classIndex) const
    {
        const size_t pixels = size_t(width) * size_t(height);
        return {values.data() + size_t(classIndex - 1) * pixels, pixels};
    }

    std::span<float> plane(int classIndex)
    {
        const size_t pixels = size_t(width) * size_t(height);
        return {values.data() + size_t(classIndex - 1) * pixels, pixels};
    }

    /// The probability of each pixel of not being of that class.
    std::vector<float> without(int classIndex) const;

    /// The most probable class (from 1) of each pixel; the first one wins a tie.
    std::vector<quint8> winners() const;
};

/// The probabilities of one slice: blocks of 256 x 256 pixels, row after row, each all its planes,
/// compressed; and what hangs on its borders.
struct PredictedSlice
{
    std::vector<std::vector<quint8>> blocks;
    std::vector<quint8> stakes; ///< SquareGrid's bytes, compressed; empty where nothing is known

    /// As one piece of bytes, for a file, and back; null where the bytes are none.
    std::vector<quint8> toBytes() const;
    static std::shared_ptr<const PredictedSlice> fromBytes(std::span<const quint8> bytes);
};

/// What a model said about some slices: 8-bit class probabilities, kept compressed.
///
/// A value whose slices are shared: a copy is cheap and may be read from any thread. Slices may
/// wait in the project's file; one that is damaged there counts as not predicted. Which class wins
/// is decided here, once, from the 8-bit probabilities (the first class wins a tie), so that the
/// window and the commands agree to the bit.
class Prediction
{
public:
    Prediction() = default;
    Prediction(VolumeSize size, int classCount);

    VolumeSize size() const { return m_size; }

    int classCount() const { return m_classCount; }

    bool isEmpty() const;
    bool contains(int z) const;
    SliceRange slices() const;

    /// Takes the probabilities of slice z, rounded to 8 bit.
    void setSlice(int z, const ProbabilityMap& map);

    using StoredSlice = std::shared_ptr<Stored<PredictedSlice>>;

    /// For the store, which moves slices into its file; null where there is no prediction.
    StoredSlice storedSlice(int z) const;
    void setStoredSlice(int z, StoredSlice slice);

    /// Takes over the slices of another prediction of the same stack. When the number of classes
    /// differs (or this one has no size yet) the older slices are dropped.
    void merge(const Prediction& newer);

    // Pixels of rect (clipped to the slice), or of the whole slice, row after row; empty when
    // there is no prediction for the slice. The cost grows with rect, not with the slice.

    /// 0..255 for 0..1.
    std::vector<quint8> probabilities(int z, int classIndex) const;
    std::vector<quint8> probabilities(int z, int classIndex, Rect rect) const;

    /// The winning class (from 1).
    std::vector<quint8> classes(int z) const;
    std::vector<quint8> classes(int z, Rect rect) const;

    /// 0 (sure) .. 255 (all classes alike): 1 - (best - second best), 8 bit.
    std::vector<quint8> uncertainty(int z) const;
    std::vector<quint8> uncertainty(int z, Rect rect) const;

    /// Empty where nothing is known.
    SquareGrid stakes(int z) const;

    /// Makes these slices' winning classes the labels, state predicted. Never touches a pixel
    /// that a person decided about (Label::isFixed).
    LabelEdit toEdit(const LabelVolume& labels, const SliceRange& slices) const;

private:
    std::vector<Rect> blocksIn(Rect rect) const;
    std::vector<quint8> blockPlanes(const PredictedSlice& slice, Rect block) const;
    template <typename PlanesToPixels>
    std::vector<quint8> assembled(int z, Rect rect, PlanesToPixels pixelsOf) const;

    VolumeSize m_size;
    int m_classCount = 0;
    std::vector<StoredSlice> m_slices;
};

} // namespace emend
