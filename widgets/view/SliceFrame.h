// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QImage>
#include <QPointF>
#include <QPolygonF>
#include <QRegion>

#include <optional>

namespace emend {

class SliceScene;

/// The circle around the pointer, in device pixels of the viewport.
struct CursorCircle
{
    QPointF centre;
    double radius = 0;

    bool operator==(const CursorCircle&) const = default;
};

/// The finished picture: the scene with the pointer's circle, the line of a polygon that is being
/// drawn, the frame of a place, and a scale bar.
///
/// Kept apart from the scene so that a moving pointer costs a copy of what it covered, not a new
/// composition.
class SliceFrame
{
public:
    explicit SliceFrame(SliceScene& scene);

    void setDevicePixelRatio(double ratio);
    void setCursor(std::optional<CursorCircle> circle);

    /// In device pixels of the viewport; empty for none.
    void setOutline(QPolygonF outline);

    /// Around a place of the slice, and a circle around what is its crux, in device pixels of the
    /// viewport; null for none.
    void setPlace(QRectF place, QRectF crux);

    /// Nanometres of one pixel of the slice; 0 hides the bar.
    void setPixelNm(double pixelNm);

    /// Brings image() up to date; returns what changed in it.
    QRegion update();

    const QImage& image() const { return m_image; }

private:
    QRect cursorArea() const;
    QRect outlineArea() const;
    QRectF cruxCircle() const;
    QRect placeArea() const;
    QRect scaleBarArea() const;
    void updateScaleBar();
    void restore(const QRegion& area);
    void paintDecorations(const QRegion& area);

    SliceScene& m_scene;
    QImage m_image;
    double m_ratio = 1;
    std::optional<CursorCircle> m_cursor;
    QPolygonF m_outline;
    QRectF m_place;
    QRectF m_crux;
    double m_pixelNm = 0;
    QImage m_scaleBar;
    double m_scaleBarZoom = 0;
    QRegion m_stale; ///< decorations that moved: where they were and where they are
};

} // namespace emend
