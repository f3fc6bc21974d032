// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceTransform.h"

#include <algorithm>
#include <cmath>

namespace emend {

QPointF SliceTransform::sliceFromScreen(QPointF screen) const
{
    return m_origin + screen / m_zoom;
}

QPointF SliceTransform::screenFromSlice(QPointF slice) const
{
    return (slice - m_origin) * m_zoom;
}

Pixel SliceTransform::pixelAt(QPointF screen) const
{
    const QPointF slice = sliceFromScreen(screen);
    return {int(std::floor(slice.x())), int(std::floor(slice.y()))};
}

Rect SliceTransform::visibleRect() const
{
    const QPointF last = sliceFromScreen(QPointF(m_viewport.width(), m_viewport.height()));
    const int left = int(std::floor(m_origin.x()));
    const int top = int(std::floor(m_origin.y()));
    const Rect shown{left, top, int(std::ceil(last.x())) - left, int(std::ceil(last.y())) - top};
    return shown.intersected(sliceRect());
}

Rect SliceTransform::screenRect(Rect pixels) const
{
    const QPointF first = screenFromSlice(QPointF(pixels.x, pixels.y));
    const QPointF last = screenFromSlice(QPointF(pixels.right(), pixels.bottom()));
    const Rect viewport{0, 0, m_viewport.width(), m_viewport.height()};
    // Clamped before it becomes an int: far outside at a high zoom it would not fit.
    const auto pin = [](double value) {
        return int(std::clamp(value, -1e6, 1e6));
    };
    const int left = pin(std::floor(first.x()));
    const int top = pin(std::floor(first.y()));
    const Rect shown{left, top, pin(std::ceil(last.x())) - left, pin(std::ceil(last.y())) - top};
    return shown.intersected(viewport);
}

void SliceTransform::setViewport(QSize size)
{
    if (size == m_viewport)
        return;
    const QPointF middle = sliceFromScreen(screenCentre());
    m_viewport = size;
    centreOn(middle);
}

void SliceTransform::setSliceSize(int width, int height)
{
    if (width == m_sliceWidth && height == m_sliceHeight)
        return;
    m_sliceWidth = width;
    m_sliceHeight = height;
    fit();
}

double SliceTransform::fittingZoom() const
{
    if (m_sliceWidth <= 0 || m_sliceHeight <= 0 || m_viewport.isEmpty())
        return 1;
    return std::min({double(m_viewport.width()) / m_sliceWidth,
                     double(m_viewport.height()) / m_sliceHeight, maximumZoom});
}

void SliceTransform::fit()
{
    m_zoom = fittingZoom();
    centreOn(QPointF(m_sliceWidth / 2.0, m_sliceHeight / 2.0));
}

void SliceTransform::zoomAt(QPointF screen, double zoom)
{
    const QPointF kept = sliceFromScreen(screen);
    m_zoom = std::clamp(zoom, std::min(0.5, fittingZoom() / 2), maximumZoom);
    m_origin = kept - screen / m_zoom;
}

void SliceTransform::zoomAtCentre(double zoom)
{
    zoomAt(screenCentre(), zoom);
}

void SliceTransform::panBy(QPointF screenDelta)
{
    centreOn(sliceFromScreen(screenCentre() - screenDelta));
}

void SliceTransform::centreOn(QPointF slice)
{
    const QPointF inside(std::clamp(slice.x(), 0.0, double(m_sliceWidth)),
                         std::clamp(slice.y(), 0.0, double(m_sliceHeight)));
    m_origin = inside - screenCentre() / m_zoom;
}

} // namespace emend
