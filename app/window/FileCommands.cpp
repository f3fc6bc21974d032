// SPDX-License-Identifier: Apache-2.0
#include "app/window/FileCommands.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/DemoOpener.h"
#include "app/window/FileChoices.h"
#include "app/window/SectionPage.h"
#include "app/window/Settings.h"
#include "app/window/SliceStates.h"
#include "app/window/Workspace.h"
#include "widgets/panels/Banner.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <utility>

namespace emend {

namespace {

constexpr int pictureDelayMs = 1500; ///< until the first slice is surely there

ExportRequest::What requestOf(ExportPanel::What what)
{
    switch (what) {
    case ExportPanel::What::masks:
        return ExportRequest::What::masks;
    case ExportPanel::What::classIndices:
        return ExportRequest::What::classIndices;
    case ExportPanel::What::probabilities:
        break;
    }
    return ExportRequest::What::probabilities;
}

} // namespace

FileCommands::FileCommands(Session& session, const SliceStates& states, Workspace& workspace,
                           Banner& banner, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_states(states)
    , m_workspace(workspace)
    , m_banner(banner)
    , m_window(window)
    , m_demo(new DemoOpener(session, this))
{
    connect(&session, &Session::opened, this, &FileCommands::onOpened);
    connect(&session, &Session::stackWanted, this, &FileCommands::askForStack);
    connect(&session, &Session::projectInUse, this, &FileCommands::offerToLook);
    connect(&session, &Session::saveStatusChanged, this, &FileCommands::tellOfSaving);
    connect(&session, &Session::exported, this, [this](const QStringList& paths) {
        m_banner.tell(tr("Exported %Ln file(s) to %1", nullptr, int(paths.count()))
                          .arg(QFileInfo(paths.value(0)).path()));
    });
}

void FileCommands::connectActions(const Actions& actions, QMenu& recentMenu)
{
    const auto on = [this, &actions](Do id, auto slot) {
        connect(actions[id], &QAction::triggered, this, slot);
    };
    on(Do::openStack, [this] { open(FileChoices::stack(m_window)); });
    on(Do::openFolder, [this] { open(FileChoices::folderOfSections(m_window)); });
    on(Do::openSample, [this] { openDemo(); });
    on(Do::saveAs, [this] { saveCopy(true); });
    on(Do::saveCopy, [this] { saveCopy(false); });
    on(Do::repair, [this] { repair(); });
    on(Do::exportLabels, [this] { exportLabels(); });
    connect(&recentMenu, &QMenu::aboutToShow, this,
            [this, &recentMenu] { fillRecentMenu(recentMenu); });
}

bool FileCommands::isReadyToOpen()
{
    if (m_session.isBusy()) {
        m_banner.tell(tr("Something is still running. Wait for it, or stop it, then open."));
        return false;
    }
    if (!mayLeave())
        return false;
    keepPicture();
    m_banner.hide();
    return true;
}

void FileCommands::open(const QString& path)
{
    if (path.isEmpty() || !isReadyToOpen())
        return;
    m_isSample = false;
    m_session.open({path});
}

void FileCommands::openDemo(const QString& path)
{
    if (!isReadyToOpen())
        return;
    m_isSample = path.isEmpty();
    m_isSample ? m_demo->openSample() : m_demo->open({path});
}

void FileCommands::openDropped(const QStringList& paths)
{
    open(paths.value(0));
    if (paths.count() > 1)
        m_banner.tell(tr("Emend opens one stack at a time: %1. To open many sections as one "
                         "stack, drop their folder.")
                          .arg(QFileInfo(paths.first()).fileName()));
}

void FileCommands::onOpened(const QStringList& notes)
{
    m_isSavingTrouble = false;
    if (!m_isSample) {
        m_recent.add(m_session.store()->path());
        Settings().setOpenProject(m_session.store()->path());
        QTimer::singleShot(pictureDelayMs, this, &FileCommands::keepPicture);
    }
    if (!notes.isEmpty())
        m_banner.tell(notes.join(u' '));
}

void FileCommands::askForStack(const QString& projectPath, const QString& text)
{
    m_banner.tell(text);
    const QString stackPath = FileChoices::stack(m_window);
    if (!stackPath.isEmpty())
        m_session.open({projectPath, stackPath});
}

void FileCommands::offerToLook(const QString& projectPath, const QString& text)
{
    QMessageBox question(m_window);
    question.setObjectName(QStringLiteral("projectInUse"));
    question.setWindowTitle(tr("Already open"));
    question.setIcon(QMessageBox::Information);
    question.setText(text);
    QPushButton* look = question.addButton(tr("Open a copy to look at"), QMessageBox::AcceptRole);
    question.addButton(QMessageBox::Cancel);
    question.setDefaultButton(look);
    question.exec();
    if (question.clickedButton() == look)
        m_session.open({projectPath, {}, ProjectStore::Mode::look});
}

// The status line says how saving stands; the banner only when that became bad, or good again.
void FileCommands::tellOfSaving(const SaveStatus& status)
{
    const bool isTrouble = status.state == SaveStatus::State::notSaved;
    if (isTrouble && !m_isSavingTrouble)
        m_banner.tell(status.problem + QLatin1Char(' ') +
                          tr("You can go on; nothing is lost as long as Emend is open."),
                      Banner::Kind::problem);
    else if (m_isSavingTrouble && status.state == SaveStatus::State::saved)
        m_banner.tell(tr("Everything is saved again."));
    if (isTrouble || status.state == SaveStatus::State::saved)
        m_isSavingTrouble = isTrouble;
}

void FileCommands::keepPicture()
{
    SliceView* view = m_workspace.section()->view();
    if (!m_isSample && view->project())
        m_recent.setPicture(m_session.store()->path(), view->picture());
}

void FileCommands::exportLabels()
{
    if (!m_session.isOpen())
        return;
    const QString name = QFileInfo(m_session.project()->stack()->info().name).completeBaseName();
    ExportRequest request;
    request.what = requestOf(m_workspace.exports()->what());
    request.path = FileChoices::exportPath(m_window, name + QStringLiteral("-labels.tif"));
    if (!request.path.isEmpty())
        m_session.exportLabels(request);
}

void FileCommands::saveCopy(bool goOn)
{
    if (!m_session.isOpen())
        return;
    const QFileInfo project(m_session.store()->path());
    const QString path = FileChoices::projectToSave(m_window, project.fileName());
    if (QFileInfo(path) == project)
        return m_banner.tell(tr("That is the open project itself, which is saved all the time. "
                                "Choose another name."));
    if (!path.isEmpty())
        m_session.saveCopy(path, goOn);
}

void FileCommands::repair()
{
    const QString damaged = FileChoices::projectToRepair(m_window);
    if (damaged.isEmpty())
        return;
    const QString suggestion =
        QFileInfo(damaged).completeBaseName() + QStringLiteral("-repaired.emend");
    const QString repaired = FileChoices::projectToSave(m_window, suggestion);
    if (QFileInfo(repaired) == QFileInfo(damaged))
        return m_banner.tell(tr("The new project needs another name than the damaged one."));
    if (!repaired.isEmpty() && isReadyToOpen())
        m_session.repair(damaged, repaired);
}

void FileCommands::fillRecentMenu(QMenu& menu)
{
    menu.clear();
    for (const RecentStacks::Entry& entry : m_recent.entries()) {
        QAction* action = menu.addAction(entry.name());
        action->setStatusTip(entry.path);
        action->setEnabled(entry.isThere);
        connect(action, &QAction::triggered, this, [this, path = entry.path] { open(path); });
    }
    const bool hasAny = !menu.isEmpty();
    menu.addSeparator();
    QAction* clear = menu.addAction(tr("&Clear the list"));
    clear->setObjectName(QStringLiteral("clearRecent"));
    clear->setEnabled(hasAny);
    connect(clear, &QAction::triggered, this, [this] { m_recent.clear(); });
}

bool FileCommands::mayLeave()
{
    if (!m_session.isOpen())
        return true;
    ProjectStore& store = *m_session.store();
    if (store.isReadOnly() || store.flush())
        return true;
    QMessageBox question(m_window);
    question.setObjectName(QStringLiteral("leaveUnsaved"));
    question.setWindowTitle(tr("Not saved"));
    question.setIcon(QMessageBox::Warning);
    question.setText(store.status().problem);
    question.setInformativeText(tr("What you did since then is lost when you go on."));
    QPushButton* copy = question.addButton(tr("Save a copy…"), QMessageBox::AcceptRole);
    QPushButton* leave = question.addButton(tr("Go on without it"), QMessageBox::DestructiveRole);
    QPushButton* stay = question.addButton(tr("Stay"), QMessageBox::RejectRole);
    question.setDefaultButton(stay);
    question.setEscapeButton(stay);
    question.exec();
    if (question.clickedButton() == copy)
        saveCopy(true);
    return question.clickedButton() == leave;
}

} // namespace emend
