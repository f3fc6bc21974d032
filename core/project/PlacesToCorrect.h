// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/SliceRange.h"
#include "core/labels/Prediction.h"

#include <map>
#include <optional>
#include <vector>

namespace emend {

/// A piece of a slice that a person can judge at one glance.
struct Place
{
    int z = 0;
    Rect rect;        ///< inside of the slice
    double worth = 0; ///< how many pixels nobody has decided about and may be wrong

    /// The square in it where most hangs on one border, where that is much of its worth.
    std::optional<Rect> crux = {};

    bool operator==(const Place&) const = default;

    Pixel centre() const { return {rect.x + rect.width / 2, rect.y + rect.height / 2}; }
};

/// Where in the stack a correction is worth most: pieces of predicted slices, those first of which
/// the model is least sure, and where most hangs on doubtful borders (ProbabilityMap::stakes): a
/// gap of a few pixels can join two large cells.
///
/// Pixels that a person decided about (corrected, ignored) raise no doubt and have no stake, so
/// that a place leaves the list once it is dealt with. Narrow seams of doubt run along every border
/// between classes and are none: a cell of cellPx x cellPx pixels is as doubtful as the surest
/// pixel in it. Places of a slice do not overlap. A value; slices are looked through one by one, so
/// that an edit costs one slice and not the stack.
class PlacesToCorrect
{
public:
    static constexpr int sidePx = 64; ///< of a place, where the slice is not smaller
    static constexpr int cellPx = 2;
    static constexpr float stakeWeight = 0.5F; ///< a pixel at stake, in pixels of doubt

    PlacesToCorrect() = default;

    /// All these slices, where there is a prediction for them.
    PlacesToCorrect(const Prediction& prediction, const LabelVolume& labels,
                    const SliceRange& slices);

    /// Brings slice z up to date. The list forgets a slice without a prediction.
    void look(const Prediction& prediction, const LabelVolume& labels, int z);

    /// Takes over what another list has of slice z.
    void take(const PlacesToCorrect& other, int z);

    /// Forgets a place that is dealt with, until its slice is looked through again.
    void drop(const Place& place);

    /// The places of slice z, those worth most first.
    const std::vector<Place>& inSlice(int z) const;

    /// The places of all slices, those worth most first.
    std::vector<Place> ranked() const;

private:
    std::map<int, std::vector<Place>> m_places;
};

/// All of the slices cut into places beside each other, row after row; their worth is not known.
std::vector<Place> placesInRows(VolumeSize size, const SliceRange& slices);

/// The same places in an order that only the seed decides.
std::vector<Place> shuffled(std::vector<Place> places, quint64 seed);

} // namespace emend
