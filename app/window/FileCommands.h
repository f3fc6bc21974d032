// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/RecentStacks.h"

#include <QObject>

class QMenu;

namespace emend {

class Actions;
class Banner;
class DemoOpener;
class Session;
struct SaveStatus;
class SliceStates;
class Workspace;

/// What the window does with files: opens, copies and repairs projects, exports, remembers what was
/// opened, and asks before something is lost that the disk refused.
///
/// Owned by the main window; everything it is given lives as long.
class FileCommands : public QObject
{
    Q_OBJECT

public:
    FileCommands(Session& session, const SliceStates& states, Workspace& workspace, Banner& banner,
                 QWidget* window);

    void connectActions(const Actions& actions, QMenu& recentMenu);

    /// A stack or a project.
    void open(const QString& path);

    /// Opens the stack (empty: the sample) and predicts it.
    void openDemo(const QString& path = {});

    /// Opens the first, and says so where there are more.
    void openDropped(const QStringList& paths);

    void exportLabels();

    /// True where everything is saved, or where the user wants to go on.
    bool mayLeave();

    /// Remembers how the open stack looks.
    void keepPicture();

private:
    bool isReadyToOpen();
    void onOpened(const QStringList& notes);
    void askForStack(const QString& projectPath, const QString& text);
    void offerToLook(const QString& projectPath, const QString& text);
    void tellOfSaving(const SaveStatus& status);
    void saveCopy(bool goOn);
    void repair();
    void fillRecentMenu(QMenu& menu);

    Session& m_session;
    const SliceStates& m_states;
    Workspace& m_workspace;
    Banner& m_banner;
    QWidget* m_window;
    DemoOpener* m_demo;
    RecentStacks m_recent;
    bool m_isSample = false; ///< what is being opened, or is open
    bool m_isSavingTrouble = false;
};

} // namespace emend
