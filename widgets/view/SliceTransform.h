// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QPointF>
#include <QSize>

namespace emend {

/// Where the pixels of a slice lie on the screen.
///
/// Screen positions are in device pixels, (0, 0) at the viewport's top left corner. Slice
/// positions are continuous: pixel (x, y) covers x .. x+1 and y .. y+1. A value.
class SliceTransform
{
public:
    static constexpr double maximumZoom = 64;

    bool operator==(const SliceTransform&) const = default;

    /// Device pixels of one slice pixel.
    double zoom() const { return m_zoom; }

    QSize viewport() const { return m_viewport; }

    Rect sliceRect() const { return {0, 0, m_sliceWidth, m_sliceHeight}; }

    QPointF sliceFromScreen(QPointF screen) const;
    QPointF screenFromSlice(QPointF slice) const;

    /// The pixel at a position of the screen; may lie outside of the slice.
    Pixel pixelAt(QPointF screen) const;

    /// The pixels of the slice that are at least partly on the screen.
    Rect visibleRect() const;

    /// The screen rectangle that shows these pixels, rounded outwards and clipped to the viewport.
    Rect screenRect(Rect pixels) const;

    /// Keeps what is in the middle of the viewport there.
    void setViewport(QSize size);

    /// Another slice size also fits it into the viewport.
    void setSliceSize(int width, int height);

    /// The whole slice, centred.
    void fit();
    double fittingZoom() const;

    /// The position of the slice under that position of the screen stays under it.
    void zoomAt(QPointF screen, double zoom);
    void zoomAtCentre(double zoom);

    /// Moves the slice with the hand; its edge can be moved up to the viewport's middle.
    void panBy(QPointF screenDelta);
    void centreOn(QPointF slice);

private:
    QPointF screenCentre() const { return {m_viewport.width() / 2.0, m_viewport.height() / 2.0}; }

    QSize m_viewport;
    int m_sliceWidth = 0;
    int m_sliceHeight = 0;
    double m_zoom = 1;
    QPointF m_origin; ///< slice position at the viewport's top left corner
};

} // namespace emend
