// SPDX-License-Identifier: Apache-2.0
#include "app/window/FileCommands.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/DemoOpener.h"
#include "app/window/FileChoices.h"
#include "app/window/SectionPage.h"
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
    on(Do::exportLabels, [this] { exportLabels(); });
    on(Do::loadModel, [this] { loadModel(); });
    on(Do::saveModel, [this] { saveModel(); });
    connect(&recentMenu, &QMenu::aboutToShow, this,
            [this, &recentMenu] { fillRecentMenu(recentMenu); });
}

bool FileCommands::isReadyToOpen()
{
    if (m_session.isBusy()) {
        m_banner.tell(tr("Something is still running. Wait for it, or stop it, then open."));
        return false;
    }
    if (!mayLeaveCorrections())
        return false;
    keepPicture();
    m_banner.hide();
    return true;
}

void FileCommands::open(const QString& path)
{
    if (path.isEmpty() || !isReadyToOpen())
        return;
    m_opening = path;
    m_session.open(path);
}

void FileCommands::openDemo(const QString& path)
{
    if (!isReadyToOpen())
        return;
    m_opening = path;
    path.isEmpty() ? m_demo->openSample() : m_demo->open(path);
}

void FileCommands::openDropped(const QStringList& paths)
{
    open(paths.value(0));
    if (paths.count() > 1)
        m_banner.tell(tr("Emend opens one stack at a time: %1. To open many sections as one "
                         "stack, drop their folder.")
                          .arg(QFileInfo(paths.first()).fileName()));
}

void FileCommands::onOpened()
{
    m_path = std::exchange(m_opening, {});
    if (!m_path.isEmpty()) {
        m_recent.add(m_path);
        QTimer::singleShot(pictureDelayMs, this, &FileCommands::keepPicture);
    }
    const QStringList& notes = m_session.project()->stack()->info().notes;
    if (!notes.isEmpty())
        m_banner.tell(notes.join(u' '));
}

void FileCommands::keepPicture()
{
    SliceView* view = m_workspace.section()->view();
    if (!m_path.isEmpty() && view->project())
        m_recent.setPicture(m_path, view->picture());
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

void FileCommands::loadModel()
{
    const QString path = FileChoices::modelToLoad(m_window);
    if (!path.isEmpty())
        m_session.loadModel(path);
}

void FileCommands::saveModel()
{
    const auto model = m_session.models().current();
    if (!model)
        return;
    const QString path =
        FileChoices::modelToSave(m_window, model->lineage.name + QStringLiteral(".safetensors"));
    if (!path.isEmpty())
        m_session.saveModel(path);
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

bool FileCommands::mayLeaveCorrections()
{
    if (!m_session.hasUnexportedCorrections())
        return true;
    const int slices = m_states.count(SliceState::confirmed) + m_states.count(SliceState::partly);
    QMessageBox question(m_window);
    question.setObjectName(QStringLiteral("leaveCorrections"));
    question.setWindowTitle(tr("Corrections"));
    question.setIcon(QMessageBox::Warning);
    question.setText(
        tr("The corrections on %Ln slice(s) are in no exported file.", nullptr, slices));
    question.setInformativeText(tr("They are lost when you go on."));
    QPushButton* leave = question.addButton(tr("Go on without them"), QMessageBox::DestructiveRole);
    QPushButton* stay = question.addButton(tr("Stay"), QMessageBox::RejectRole);
    question.setDefaultButton(stay);
    question.setEscapeButton(stay);
    question.exec();
    return question.clickedButton() == leave;
}

} // namespace emend
