// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/FillTool.h"

#include "core/project/LabelPainter.h"

namespace emend {

QString FillTool::name() const
{
    return tr("Fill");
}

void FillTool::press(const ToolEvent& event)
{
    const bool erases = event.button == Qt::RightButton;
    if (!erases && event.button != Qt::LeftButton)
        return;
    if (!event.project || !event.project->size().sliceRect().contains(event.pixel))
        return;
    LabelPainter painter(*event.project, event.z);
    painter.fill(event.pixel, erases ? Label() : settings().label());
    const LabelEdit edit = painter.finish();
    if (!edit.isEmpty())
        Q_EMIT edited(edit, erases ? tr("erase") : tr("fill"));
}

} // namespace emend
