// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/LabelPainter.h"
#include "widgets/tools/Tool.h"

#include <optional>

namespace emend {

/// Paints the current class with a disk; the right button erases.
class BrushTool : public Tool
{
    Q_OBJECT

public:
    using Tool::Tool;

    QString name() const override;
    void press(const ToolEvent& event) override;
    void move(const ToolEvent& event) override;
    void release(const ToolEvent& event) override;

    bool isBusy() const override { return m_painter.has_value(); }

    void finish() override;
    void cancel() override;

    int cursorRadiusPx() const override { return settings().radiusPx; }

protected:
    /// Makes every pixel untouched, whatever the button.
    virtual bool alwaysErases() const { return false; }

private:
    /// A radius of 1 is a single pixel, as a disk of radius 0 is.
    int diskRadiusPx() const { return settings().radiusPx - 1; }

    std::optional<LabelPainter> m_painter;
    Qt::MouseButton m_button = Qt::NoButton;
    Label m_label;
    Pixel m_last;
};

} // namespace emend
