// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/RecentStacks.h"
#include "app/window/Settings.h"
#include "app/window/SliceStates.h"
#include "widgets/tools/ToolBox.h"

#include <QMainWindow>

class QMenu;
class QStackedWidget;

namespace emend {

class Banner;
class DemoOpener;
class PanelLinks;
class StartPage;
class StatusLine;
class Theme;
class Workspace;

/// The window: places the start page, the workspace, menus and status line, and connects them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// theme must outlive the window.
    explicit MainWindow(Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    Session& session() { return m_session; }

    Workspace& workspace() { return *m_workspace; }

public Q_SLOTS:
    /// Asks first where corrections would be lost.
    void open(const QString& path);

    /// Opens the stack (empty: the sample) and predicts it.
    void openDemo(const QString& path = {});

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void placeEverything();
    void connectFileActions();
    void connectWorkActions();
    void connectViewActions();
    void connectSession();
    void connectStartPage();
    void onOpened();
    void fillRecentMenu();
    void exportLabels();
    void saveModel();
    void setSectionOnly(bool isAlone);
    void applyTheme();
    void keepPicture();
    void showTitle();
    bool mayLeaveCorrections();
    void restore();
    void about();

    Theme& m_theme;
    Settings m_settings;
    RecentStacks m_recent;
    Session m_session;
    ToolBox m_toolBox;
    SliceStates m_states;
    Actions m_actions{this}; ///< a child too, so that actions are found by name
    QMenu* m_recentMenu = nullptr;
    QStackedWidget* m_pages;
    StartPage* m_startPage;
    Workspace* m_workspace;
    StatusLine* m_status;
    Banner* m_banner;
    PanelLinks* m_panelLinks = nullptr;
    DemoOpener* m_demo;
    QString m_opening; ///< the path that is being opened
    QString m_path;    ///< of what is open
};

} // namespace emend
