// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/Settings.h"
#include "app/window/SliceStates.h"
#include "widgets/tools/ToolBox.h"

#include <QMainWindow>

class QStackedWidget;

namespace emend {

class Banner;
class FileCommands;
class ModelComparison;
class PanelLinks;
class StartPage;
class StatusLine;
class Theme;
class ViewMemory;
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

    FileCommands& files() { return *m_files; }

    ModelComparison& comparison() { return *m_comparison; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void placeEverything();
    void connectWorkActions();
    void connectWindowActions();
    void connectSession();
    void connectStartPage();
    void onOpened();
    void setSectionOnly(bool isAlone);
    void applyTheme();
    void showTitle();
    void restore();
    void about();

    Theme& m_theme;
    Settings m_settings;
    Session m_session;
    ToolBox m_toolBox;
    SliceStates m_states;
    Actions m_actions{this}; ///< a child too, so that actions are found by name
    QStackedWidget* m_pages;
    StartPage* m_startPage;
    Workspace* m_workspace;
    StatusLine* m_status;
    Banner* m_banner;
    FileCommands* m_files;
    ModelComparison* m_comparison; ///< before the links: it lets go of what was open first
    PanelLinks* m_panelLinks;
    ViewMemory* m_viewMemory = nullptr;
};

} // namespace emend
