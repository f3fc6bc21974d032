// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/WinogradKernels.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>

/// How the images of a convolution fall into tiles, and where their pixels lie. For the files that
/// compute with WinogradKernels.h.
namespace emend::winograd {

/// Channels side by side, else a copy in which they are.
inline at::Tensor withChannelsLast(const at::Tensor& image)
{
    return image.stride(1) == 1 ? image : image.contiguous(at::MemoryFormat::ChannelsLast);
}

template <class Float>
Pixels<Float> pixelsOf(const at::Tensor& image, int64_t n, int64_t y, int64_t x)
{
    return {image.data_ptr<float>() + n * image.stride(0) + y * image.stride(2) +
                x * image.stride(3),
            image.stride(2), image.stride(3)};
}

/// Where the tiles of a batch lie in its answer.
struct TileGrid
{
    int64_t images;
    int64_t rows;
    int64_t columns;

    static TileGrid of(int64_t images, int64_t height, int64_t width)
    {
        return {images, (height + tilePx - 1) / tilePx, (width + tilePx - 1) / tilePx};
    }

    int64_t count() const { return images * rows * columns; }

    struct Place
    {
        int64_t n;
        int64_t y;
        int64_t x;
    };

    Place operator[](int64_t i) const
    {
        return {i / (rows * columns), i / columns % rows * tilePx, i % columns * tilePx};
    }
};

/// The rows (or columns) of a tile that exist, where it begins at such a place.
inline int extentOf(int64_t first, int64_t size)
{
    return int(std::min<int64_t>(tilePx, size - first));
}

/// The patch that a tile is computed from, transformed; with zeros around the image.
/// border: memory for one patch of the image, [36][channels].
inline void readPatch(const at::Tensor& image, const TileGrid::Place& tile, int padding,
                      float* border, float* to, int64_t productStride)
{
    const int64_t channels = image.size(1);
    const int64_t top = tile.y - padding;
    const int64_t left = tile.x - padding;
    if (top >= 0 && left >= 0 && top + patchPx <= image.size(2) && left + patchPx <= image.size(3))
        return transformPatch(pixelsOf<const float>(image, tile.n, top, left), int(channels), to,
                              productStride);
    std::fill_n(border, products * channels, 0.0F);
    for (int64_t y = std::max<int64_t>(0, -top); y < patchPx && top + y < image.size(2); ++y) {
        for (int64_t x = std::max<int64_t>(0, -left); x < patchPx && left + x < image.size(3); ++x)
            std::copy_n(pixelsOf<const float>(image, tile.n, top + y, left + x).first, channels,
                        border + (y * patchPx + x) * channels);
    }
    transformPatch({border, patchPx * channels, channels}, int(channels), to, productStride);
}

} // namespace emend::winograd
