// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>

class QMenu;
class QMenuBar;

namespace emend {

class Actions;

/// The menu bar, made of the table of actions.
struct Menus
{
    Q_DECLARE_TR_FUNCTIONS(Menus)

public:
    QMenu* recent = nullptr; ///< to be filled when it opens
    QMenu* window = nullptr; ///< the panels' own actions come here
};

Menus buildMenus(QMenuBar& bar, const Actions& actions);

} // namespace emend
