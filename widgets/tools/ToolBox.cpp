// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/ToolBox.h"

#include "widgets/tools/BrushTool.h"
#include "widgets/tools/EraserTool.h"
#include "widgets/tools/FillTool.h"
#include "widgets/tools/PolygonTool.h"

#include <algorithm>

namespace emend {

ToolBox::ToolBox(QObject* parent)
    : QObject(parent)
    , m_tools{std::make_unique<BrushTool>(m_settings), std::make_unique<EraserTool>(m_settings),
              std::make_unique<FillTool>(m_settings), std::make_unique<PolygonTool>(m_settings)}
{
    for (const auto& tool : m_tools) {
        connect(tool.get(), &Tool::edited, this, &ToolBox::edited);
        connect(tool.get(), &Tool::outlineChanged, this, &ToolBox::outlineChanged);
    }
}

ToolBox::~ToolBox() = default;

void ToolBox::setCurrentKind(ToolKind kind)
{
    if (kind == m_kind)
        return;
    currentTool().cancel();
    m_kind = kind;
    Q_EMIT toolChanged(kind);
}

void ToolBox::setCurrentClass(int classIndex)
{
    if (classIndex == m_settings.classIndex || classIndex < 0 || classIndex > Label::maximumClass)
        return;
    m_settings.classIndex = classIndex;
    Q_EMIT classChanged(classIndex);
}

void ToolBox::setRadiusPx(int radiusPx)
{
    const int allowed = std::clamp(radiusPx, minimumRadiusPx, maximumRadiusPx);
    if (allowed == m_settings.radiusPx)
        return;
    m_settings.radiusPx = allowed;
    Q_EMIT radiusChanged(allowed);
}

void ToolBox::growRadius(int steps)
{
    int radius = m_settings.radiusPx;
    for (; steps > 0; --steps)
        radius = std::max(radius + 1, qRound(radius * 1.2));
    for (; steps < 0; ++steps)
        radius = std::min(radius - 1, qRound(radius / 1.2));
    setRadiusPx(radius);
}

} // namespace emend
