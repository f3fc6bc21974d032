// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/tools/Tool.h"

#include <QObject>

#include <array>
#include <memory>

namespace emend {

enum class ToolKind { brush, eraser, fill, polygon };

/// The tools and what they share: which is in hand, the class they paint, the brush's size.
///
/// Lives on the GUI thread; views hold a pointer to it.
class ToolBox : public QObject
{
    Q_OBJECT

public:
    static constexpr int minimumRadiusPx = 1;
    static constexpr int maximumRadiusPx = 200;

    explicit ToolBox(QObject* parent = nullptr);
    ~ToolBox() override;

    static constexpr std::array<ToolKind, 4> kinds()
    {
        return {ToolKind::brush, ToolKind::eraser, ToolKind::fill, ToolKind::polygon};
    }

    Tool& tool(ToolKind kind) { return *m_tools[size_t(kind)]; }

    Tool& currentTool() { return tool(m_kind); }

    ToolKind currentKind() const { return m_kind; }

    /// What the tool in hand has half done is cancelled.
    void setCurrentKind(ToolKind kind);

    /// From 1; 0 marks pixels as ignored.
    int currentClass() const { return m_settings.classIndex; }

    void setCurrentClass(int classIndex);

    int radiusPx() const { return m_settings.radiusPx; }

    void setRadiusPx(int radiusPx);

    /// About 20 % a step, at least one pixel.
    void growRadius(int steps);

Q_SIGNALS:
    /// A tool finished an action; the project holds it already.
    void edited(const emend::LabelEdit& edit, const QString& text);
    void toolChanged(emend::ToolKind kind);
    void classChanged(int classIndex);
    void radiusChanged(int radiusPx);
    void outlineChanged();

private:
    ToolSettings m_settings;
    ToolKind m_kind = ToolKind::brush;
    std::array<std::unique_ptr<Tool>, 4> m_tools;
};

} // namespace emend
