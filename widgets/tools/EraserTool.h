// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/tools/BrushTool.h"

namespace emend {

/// Makes pixels untouched with a disk.
class EraserTool : public BrushTool
{
    Q_OBJECT

public:
    using BrushTool::BrushTool;

    QString name() const override { return tr("Eraser"); }

protected:
    bool alwaysErases() const override { return true; }
};

} // namespace emend
