// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/PolygonTool.h"

#include "core/project/LabelPainter.h"

#include <QLineF>

#include <cmath>

namespace emend {

namespace {

// So near to the first corner a click means it, on a screen that shows pixels not much enlarged.
constexpr double closingDistancePx = 4;

} // namespace

QString PolygonTool::name() const
{
    return tr("Polygon");
}

void PolygonTool::press(const ToolEvent& event)
{
    if (event.button == Qt::RightButton && isBusy()) {
        m_corners.pop_back();
        Q_EMIT outlineChanged();
        return;
    }
    if (event.button != Qt::LeftButton || !event.project)
        return;
    if (closes(event)) {
        finish();
        return;
    }
    m_isDrawing = true;
    addCorner(event);
}

void PolygonTool::move(const ToolEvent& event)
{
    m_pointer = event.position;
    if (m_isDrawing && QLineF(m_corners.back(), event.position).length() >= 1)
        addCorner(event);
    else if (isBusy())
        Q_EMIT outlineChanged();
}

void PolygonTool::release(const ToolEvent& event)
{
    if (event.button != Qt::LeftButton)
        return;
    const bool wasDrawing = std::exchange(m_isDrawing, false);
    if (wasDrawing && m_corners.size() > 8 && closes(event))
        finish();
}

void PolygonTool::addCorner(const ToolEvent& event)
{
    m_project = event.project;
    m_z = event.z;
    m_corners.push_back(event.position);
    m_pointer = event.position;
    Q_EMIT outlineChanged();
}

bool PolygonTool::closes(const ToolEvent& event) const
{
    return m_corners.size() >= 3 &&
           QLineF(m_corners.front(), event.position).length() <= closingDistancePx;
}

void PolygonTool::finish()
{
    if (!isBusy())
        return;
    const std::vector<QPointF> corners = std::exchange(m_corners, {});
    m_isDrawing = false;
    Q_EMIT outlineChanged();
    if (corners.size() < 3 || !m_project)
        return;

    std::vector<Pixel> pixels;
    for (const QPointF& corner : corners)
        pixels.push_back({int(std::floor(corner.x())), int(std::floor(corner.y()))});
    LabelPainter painter(*m_project, m_z);
    painter.polygon(pixels, settings().label());
    const LabelEdit edit = painter.finish();
    if (!edit.isEmpty())
        Q_EMIT edited(edit, tr("polygon"));
}

void PolygonTool::cancel()
{
    m_corners.clear();
    m_isDrawing = false;
    Q_EMIT outlineChanged();
}

std::vector<QPointF> PolygonTool::outline() const
{
    std::vector<QPointF> shown = m_corners;
    if (isBusy() && !m_isDrawing)
        shown.push_back(m_pointer);
    return shown;
}

} // namespace emend
