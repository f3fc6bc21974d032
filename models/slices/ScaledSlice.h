// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "models/Checkpoint.h"
#include "models/slices/Resampling.h"

#include <vector>

namespace emend {

/// How many pixels of the stack make one pixel at a model's scale.
struct PixelScale
{
    double x = 1;
    double y = 1;

    bool operator==(const PixelScale&) const = default;
};

/// 1 where the pixel size is unknown or one that the model takes as it is; else such that the
/// model sees the pixel size it was trained at.
PixelScale scaleFor(const VoxelSize& voxelSize, const Checkpoint& checkpoint);

/// Where a position beyond 0 .. length-1 lies when the line is mirrored at its first and last
/// pixel, which are not doubled: -1 is 1, length is length - 2.
int mirrored(int position, int length);

/// A slice as a model sees it: at the model's pixel size, with the way back to the stack's.
///
/// Reads from the stack when asked, so a section need not fit into memory. The stack must
/// outlive it. Any thread.
class ScaledSlice
{
public:
    ScaledSlice(const ImageStack& stack, int z, PixelScale scale);

    int width() const { return m_width; }

    int height() const { return m_height; }

    Rect rect() const { return {0, 0, m_width, m_height}; }

    PixelScale scale() const { return m_scale; }

    /// Whether all grey values are whole numbers from 0 to 255.
    bool hasBytes() const { return isUnchanged() && m_stack.info().bitsPerPixel == 8; }

    /// Grey values in the stack's range; rect lies inside rect(). The same pixel has the same
    /// value in every rect.
    std::vector<float> read(Rect rect) const;

    /// The same for a rect that may reach beyond the slice, however far: there the slice is
    /// mirrored at its borders, again and again.
    std::vector<float> readMirrored(Rect rect) const;

    /// What of this slice is needed to tell the pixels stackRect of the stack.
    Rect needed(Rect stackRect) const;

    /// A plane at this scale (its pixels planeRect) as pixels stackRect of the stack.
    std::vector<float> toStack(const std::vector<float>& plane, Rect planeRect,
                               Rect stackRect) const;

    /// The stack's column or row under the centre of a pixel of this slice.
    int stackColumn(int x) const { return m_stackColumns.nearest(x); }

    int stackRow(int y) const { return m_stackRows.nearest(y); }

private:
    bool isUnchanged() const;

    const ImageStack& m_stack;
    int m_z;
    PixelScale m_scale;
    int m_width;
    int m_height;
    int m_reading; ///< the scale at which the stack is read: 1, or 2, 4, 8 for much finer stacks
    AxisResampling m_columns, m_rows;           ///< from the stack, as read, to this slice
    AxisResampling m_stackColumns, m_stackRows; ///< from the stack's own pixels to this slice
    AxisResampling m_backColumns, m_backRows;   ///< from this slice to the stack's own pixels
};

} // namespace emend
