// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/winograd/WinogradKernels.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

/// How the images of a convolution fall into tiles, and where their pixels lie. For the files that
/// compute with WinogradKernels.h.
namespace emend::winograd {

/// Channels side by side, else a copy in which they are.
inline at::Tensor withChannelsLast(const at::Tensor& image)
{
    return image.stride(1) == 1 ? image : image.contiguous(at::MemoryFormat::ChannelsLast);
}

/// A tensor's images without its bookkeeping: looked at for every tile.
template <class Float>
struct Images
{
    explicit Images(const at::Tensor& tensor)
        : first(tensor.data_ptr<float>())
        , imageStride(tensor.stride(0))
        , rowStride(tensor.stride(2))
        , pixelStride(tensor.stride(3))
        , channels(int(tensor.size(1)))
        , height(tensor.size(2))
        , width(tensor.size(3))
    {
    }

    Pixels<Float> at(int64_t n, int64_t y, int64_t x) const
    {
        return {first + n * imageStride + y * rowStride + x * pixelStride, rowStride, pixelStride};
    }

    Float* first;
    int64_t imageStride;
    int64_t rowStride;
    int64_t pixelStride;
    int channels;
    int64_t height;
    int64_t width;
};

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

/// The patch that a tile is computed from, with zeros around the image. Calls work with it.
/// border: memory for one patch of the image, [36][channels].
template <class Work>
void withPatch(const Images<const float>& image, const TileGrid::Place& tile, int padding,
               float* border, const Work& work)
{
    const int64_t top = tile.y - padding;
    const int64_t left = tile.x - padding;
    if (top >= 0 && left >= 0 && top + patchPx <= image.height && left + patchPx <= image.width)
        return work(image.at(tile.n, top, left));
    const ptrdiff_t channels = image.channels;
    std::fill_n(border, products * channels, 0.0F);
    for (int64_t y = std::max<int64_t>(0, -top); y < patchPx && top + y < image.height; ++y) {
        for (int64_t x = std::max<int64_t>(0, -left); x < patchPx && left + x < image.width; ++x)
            std::copy_n(image.at(tile.n, top + y, left + x).first, channels,
                        border + (y * patchPx + x) * channels);
    }
    work(Pixels<const float>{border, patchPx * channels, channels});
}

/// Not set. Tensors know no pairs: those are as wide as kInt.
template <class Number>
at::Tensor emptyNumbers(at::IntArrayRef shape)
{
    return at::empty(shape, std::is_same_v<Number, float> ? at::kFloat : at::kInt);
}

template <class Number>
Number* firstOf(const at::Tensor& numbers)
{
    return static_cast<Number*>(numbers.data_ptr());
}

/// Memory for so many numbers, not set.
template <class Number>
class Memory
{
public:
    explicit Memory(int64_t count)
        : m_tensor(emptyNumbers<Number>({count}))
        , m_first(firstOf<Number>(m_tensor))
    {
    }

    Number* first() const { return m_first; }

private:
    at::Tensor m_tensor;
    Number* m_first;
};

} // namespace emend::winograd
