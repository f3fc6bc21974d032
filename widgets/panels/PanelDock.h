// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/Panel.h"

#include <QDockWidget>

namespace emend {

/// A panel that can be moved, closed and brought back. Its heading is the handle.
class PanelDock : public QDockWidget
{
    Q_OBJECT

public:
    /// Owns the panel from now on.
    explicit PanelDock(Panel* panel, QWidget* parent = nullptr);
};

} // namespace emend
