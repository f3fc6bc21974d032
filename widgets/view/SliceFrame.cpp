// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceFrame.h"

#include "widgets/view/ScaleBar.h"
#include "widgets/view/SliceScene.h"

#include <QPainter>

#include <cstring>

namespace emend {

namespace {

constexpr int scaleBarMarginPx = 16;

/// Two thin lines, so that it shows on light and dark pixels; the light one in that style.
void drawTwice(QPainter& painter, double ratio, Qt::PenStyle style, const auto& draw)
{
    painter.setPen(QPen(QColor(0, 0, 0, 150), 2.6 * ratio));
    draw();
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1.2 * ratio, style));
    draw();
}

} // namespace

SliceFrame::SliceFrame(SliceScene& scene)
    : m_scene(scene)
{
}

void SliceFrame::setDevicePixelRatio(double ratio)
{
    m_ratio = ratio;
    m_scaleBarZoom = 0;
}

void SliceFrame::setCursor(std::optional<CursorCircle> circle)
{
    if (circle == m_cursor)
        return;
    m_stale += cursorArea();
    m_cursor = circle;
    m_stale += cursorArea();
}

void SliceFrame::setOutline(QPolygonF outline)
{
    m_stale += outlineArea();
    m_outline = std::move(outline);
    m_stale += outlineArea();
}

void SliceFrame::setPlace(QRectF place, QRectF crux)
{
    m_stale += placeArea();
    m_place = place;
    m_crux = crux;
    m_stale += placeArea();
}

void SliceFrame::setPixelNm(double pixelNm)
{
    m_pixelNm = pixelNm;
    m_scaleBarZoom = 0;
}

QRect SliceFrame::cursorArea() const
{
    if (!m_cursor)
        return {};
    const double reach = m_cursor->radius + 3 * m_ratio;
    const QRectF area(m_cursor->centre.x() - reach, m_cursor->centre.y() - reach, 2 * reach,
                      2 * reach);
    return area.toAlignedRect();
}

QRect SliceFrame::outlineArea() const
{
    if (m_outline.isEmpty())
        return {};
    const int margin = qCeil(4 * m_ratio);
    return m_outline.boundingRect().toAlignedRect().adjusted(-margin, -margin, margin, margin);
}

/// Wide enough to leave what it is about in sight.
QRectF SliceFrame::cruxCircle() const
{
    if (m_crux.isEmpty())
        return {};
    const double margin = m_crux.width() / 2;
    return m_crux.adjusted(-margin, -margin, margin, margin);
}

QRect SliceFrame::placeArea() const
{
    if (m_place.isEmpty())
        return {};
    const int margin = qCeil(4 * m_ratio);
    return m_place.united(cruxCircle()).toAlignedRect().adjusted(-margin, -margin, margin, margin);
}

QRect SliceFrame::scaleBarArea() const
{
    const int margin = qRound(scaleBarMarginPx * m_ratio);
    return {QPoint(margin, m_image.height() - margin - m_scaleBar.height()), m_scaleBar.size()};
}

void SliceFrame::updateScaleBar()
{
    const double zoom = m_scene.transform().zoom();
    if (zoom == m_scaleBarZoom)
        return;
    m_stale += scaleBarArea();
    m_scaleBarZoom = zoom;
    m_scaleBar = m_pixelNm > 0 ? drawScaleBar(m_pixelNm / zoom, m_ratio) : QImage();
    m_stale += scaleBarArea();
}

QRegion SliceFrame::update()
{
    const Rect composed = m_scene.compose();
    QRegion changed(composed.x, composed.y, composed.width, composed.height);
    if (m_image.size() != m_scene.image().size()) {
        m_image = QImage(m_scene.image().size(), QImage::Format_RGB32);
        changed = m_image.rect();
    }
    updateScaleBar();
    changed += std::exchange(m_stale, QRegion());
    changed &= m_image.rect();
    if (changed.rectCount() > 8)
        changed = changed.boundingRect();
    restore(changed);
    paintDecorations(changed);
    return changed;
}

void SliceFrame::restore(const QRegion& area)
{
    for (const QRect& rect : area) {
        const size_t bytes = size_t(rect.width()) * 4;
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            std::memcpy(m_image.scanLine(y) + 4 * rect.x(),
                        m_scene.image().constScanLine(y) + 4 * rect.x(), bytes);
    }
}

void SliceFrame::paintDecorations(const QRegion& area)
{
    if (area.isEmpty())
        return;
    QPainter painter(&m_image);
    painter.setClipRegion(area);
    if (!m_scaleBar.isNull() && area.intersects(scaleBarArea()))
        painter.drawImage(scaleBarArea().topLeft(), m_scaleBar);

    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_place.isEmpty() && area.intersects(placeArea()))
        drawTwice(painter, m_ratio, Qt::SolidLine, [&] { painter.drawRect(m_place); });
    if (!m_crux.isEmpty() && area.intersects(placeArea()))
        drawTwice(painter, m_ratio, Qt::DashLine, [&] { painter.drawEllipse(cruxCircle()); });
    if (!m_outline.isEmpty() && area.intersects(outlineArea()))
        drawTwice(painter, m_ratio, Qt::SolidLine, [&] { painter.drawPolyline(m_outline); });
    if (m_cursor && area.intersects(cursorArea()))
        drawTwice(painter, m_ratio, Qt::SolidLine, [&] {
            painter.drawEllipse(m_cursor->centre, m_cursor->radius, m_cursor->radius);
        });
}

} // namespace emend
