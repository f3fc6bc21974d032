// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/tools/Tool.h"

#include <QPointer>

namespace emend {

/// Corner by corner, or drawn with the button held: what the polygon holds gets the current
/// class. A click on the first corner, or finish(), closes it; the right button takes the last
/// corner back.
class PolygonTool : public Tool
{
    Q_OBJECT

public:
    using Tool::Tool;

    QString name() const override;
    void press(const ToolEvent& event) override;
    void move(const ToolEvent& event) override;
    void release(const ToolEvent& event) override;

    bool isBusy() const override { return !m_corners.empty(); }

    void finish() override;
    void cancel() override;
    std::vector<QPointF> outline() const override;

private:
    void addCorner(const ToolEvent& event);
    bool closes(const ToolEvent& event) const;

    QPointer<Project> m_project;
    int m_z = 0;
    std::vector<QPointF> m_corners;
    QPointF m_pointer;
    bool m_isDrawing = false; ///< the button is held
};

} // namespace emend
