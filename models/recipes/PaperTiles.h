// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/recipes/TileWarp.h"

#include <vector>

namespace emend {

/// A slice to cut tiles out of; all of it is held in memory. A value.
struct LabelledSlice
{
    GreyPlane grey;              ///< normalised
    std::vector<quint8> classes; ///< class (from 1) of each pixel; 0: not to be learned from
    GreyPlane weights;           ///< of each pixel in the loss
};

/// The tile as the warp has it; the slice is mirrored at its borders, labels too. Grey values are
/// interpolated linearly, target and weight are those of the nearest pixel.
TrainingPatch cut(const LabelledSlice& slice, const TileWarp& warp);

/// What the U-Net paper trains on: tiles of 572 x 572 from anywhere in a slice, mirrored beyond
/// its borders, with weights; varied ones are turned, bent and of other grey values.
class PaperTiles : public PatchSource
{
public:
    static constexpr int tilePx = 572;

    /// There must be a slice.
    explicit PaperTiles(std::vector<LabelledSlice> slices)
        : m_slices(std::move(slices))
    {
    }

    TrainingPatch draw(Random& random, bool varied) override;

private:
    std::vector<LabelledSlice> m_slices;
};

} // namespace emend
