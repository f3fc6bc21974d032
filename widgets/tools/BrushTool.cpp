// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/BrushTool.h"

namespace emend {

QString BrushTool::name() const
{
    return tr("Brush");
}

void BrushTool::press(const ToolEvent& event)
{
    const bool isPaintButton = event.button == Qt::LeftButton || event.button == Qt::RightButton;
    if (isBusy() || !isPaintButton || !event.project)
        return;
    m_button = event.button;
    const bool erases = alwaysErases() || event.button == Qt::RightButton;
    m_label = erases ? Label() : settings().label();
    m_last = event.pixel;
    m_painter.emplace(*event.project, event.z);
    m_painter->disk(event.pixel, diskRadiusPx(), m_label);
}

void BrushTool::move(const ToolEvent& event)
{
    if (!isBusy() || event.pixel == m_last)
        return;
    // The pointer is seen now and then only; the line closes the gaps of a fast stroke.
    m_painter->line(m_last, event.pixel, diskRadiusPx(), m_label);
    m_last = event.pixel;
}

void BrushTool::release(const ToolEvent& event)
{
    if (!isBusy() || event.button != m_button)
        return;
    move(event);
    finish();
}

void BrushTool::finish()
{
    if (!isBusy())
        return;
    const LabelEdit edit = m_painter->finish();
    m_painter.reset();
    if (!edit.isEmpty())
        Q_EMIT edited(edit, m_label == Label() ? tr("erase") : tr("brush stroke"));
}

void BrushTool::cancel()
{
    if (!isBusy())
        return;
    m_painter->cancel();
    m_painter.reset();
}

} // namespace emend
