// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/tools/Tool.h"

namespace emend {

/// Gives the connected pixels of one class the current class; the right button erases them.
class FillTool : public Tool
{
    Q_OBJECT

public:
    using Tool::Tool;

    QString name() const override;
    void press(const ToolEvent& event) override;

    void move(const ToolEvent&) override {}

    void release(const ToolEvent&) override {}

    bool isBusy() const override { return false; }

    void finish() override {}

    void cancel() override {}
};

} // namespace emend
