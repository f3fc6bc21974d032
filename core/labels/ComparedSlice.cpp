// SPDX-License-Identifier: Apache-2.0
#include "core/labels/ComparedSlice.h"

namespace emend {

namespace {

LabelVolume labelsOf(const Prediction& prediction, int z)
{
    LabelVolume labels(prediction.size());
    prediction.toEdit(labels, SliceRange::single(z)).applyTo(labels);
    return labels;
}

/// Of the tile at key, what differs; counts it. Null where nothing does.
TileRef differenceOf(const ComparedSlice& compared, TileKey key, Rect tile, qint64& differing)
{
    const auto pixels = size_t(tile.pixelCount());
    std::vector<Label> first(pixels);
    std::vector<Label> second(pixels);
    compared.first.read(key.z, tile, first.data());
    compared.second.read(key.z, tile, second.data());
    const auto difference = mutableCopy({});
    bool isAny = false;
    for (size_t i = 0; i < pixels; ++i) {
        if (first[i] == second[i])
            continue;
        difference->at(int(i) % tile.width, int(i) / tile.width) = second[i];
        ++differing;
        isAny = true;
    }
    return isAny ? TileRef(difference) : TileRef();
}

} // namespace

ComparedSlice ComparedSlice::of(const Prediction& first, const Prediction& second, int z)
{
    Q_ASSERT(first.size() == second.size() && first.contains(z) && second.contains(z));
    const VolumeSize size = first.size();
    ComparedSlice compared{labelsOf(first, z), labelsOf(second, z), LabelVolume(size)};
    compared.pixels = size.pixelsPerSlice();
    for (const TileKey key : compared.first.tilesIn(z, size.sliceRect())) {
        const Rect tile = key.rect().intersected(size.sliceRect());
        compared.difference.setTile(key, differenceOf(compared, key, tile, compared.differing));
    }
    return compared;
}

} // namespace emend
