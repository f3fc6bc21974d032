// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace emend {

/// A pixel of a slice: x to the right, y down, (0, 0) is the first pixel of the first row.
struct Pixel
{
    int x = 0;
    int y = 0;

    bool operator==(const Pixel&) const = default;
};

/// Pixels x .. x+width-1, y .. y+height-1 of a slice.
struct Rect
{
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const Rect&) const = default;

    bool isEmpty() const { return width <= 0 || height <= 0; }

    int right() const { return x + width; } ///< first column past the rectangle

    int bottom() const { return y + height; } ///< first row past the rectangle

    qint64 pixelCount() const { return isEmpty() ? 0 : qint64(width) * height; }

    bool contains(Pixel p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }

    Rect intersected(Rect other) const
    {
        const int left = std::max(x, other.x);
        const int top = std::max(y, other.y);
        return {left, top, std::max(0, std::min(right(), other.right()) - left),
                std::max(0, std::min(bottom(), other.bottom()) - top)};
    }

    /// The smallest rectangle that holds both; an empty one adds nothing.
    Rect united(Rect other) const
    {
        if (isEmpty())
            return other;
        if (other.isEmpty())
            return *this;
        const int left = std::min(x, other.x);
        const int top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left,
                std::max(bottom(), other.bottom()) - top};
    }

    Rect grownBy(int px) const { return {x - px, y - px, width + 2 * px, height + 2 * px}; }
};

/// Size of a stack or of its labels, in pixels and slices.
struct VolumeSize
{
    int width = 0;
    int height = 0;
    int slices = 0;

    bool operator==(const VolumeSize&) const = default;

    Rect sliceRect() const { return {0, 0, width, height}; }

    qint64 pixelsPerSlice() const { return qint64(width) * height; }
};

/// Size of one voxel in nanometres; 0 where the file does not say. z is the section thickness.
struct VoxelSize
{
    double xNm = 0;
    double yNm = 0;
    double zNm = 0;

    bool operator==(const VoxelSize&) const = default;

    bool isPlaneKnown() const { return xNm > 0 && yNm > 0; }

    bool isKnown() const { return isPlaneKnown() && zNm > 0; }
};

} // namespace emend
