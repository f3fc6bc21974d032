// SPDX-License-Identifier: Apache-2.0
// The part of the window that deals with files, closing and what is remembered.
#include "app/window/FileChoices.h"
#include "app/window/MainWindow.h"
#include "app/window/SectionPage.h"
#include "app/window/StatusLine.h"
#include "app/window/Workspace.h"
#include "widgets/panels/Banner.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/SliceView.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>

namespace emend {

namespace {

const QString windowKey = QStringLiteral("geometry");
const QString panelsKey = QStringLiteral("panels");

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

QStringList localPaths(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    for (const RecentStacks::Entry& entry : m_recent.entries()) {
        QAction* action = m_recentMenu->addAction(entry.name());
        action->setStatusTip(entry.path);
        action->setEnabled(entry.isThere);
        connect(action, &QAction::triggered, this, [this, path = entry.path] { open(path); });
    }
    const bool hasAny = !m_recentMenu->isEmpty();
    m_recentMenu->addSeparator();
    QAction* clear = m_recentMenu->addAction(tr("&Clear the list"));
    clear->setObjectName(QStringLiteral("clearRecent"));
    clear->setEnabled(hasAny);
    connect(clear, &QAction::triggered, this, [this] { m_recent.clear(); });
}

void MainWindow::exportLabels()
{
    if (!m_session.isOpen())
        return;
    const QString name = QFileInfo(m_session.project()->stack()->info().name).completeBaseName();
    ExportRequest request;
    request.what = requestOf(m_workspace->exports()->what());
    request.path = FileChoices::exportPath(this, name + QStringLiteral("-labels.tif"));
    if (!request.path.isEmpty())
        m_session.exportLabels(request);
}

void MainWindow::saveModel()
{
    const auto model = m_session.models().current();
    if (!model)
        return;
    const QString path =
        FileChoices::modelToSave(this, model->lineage.name + QStringLiteral(".safetensors"));
    if (!path.isEmpty())
        m_session.saveModel(path);
}

bool MainWindow::mayLeaveCorrections()
{
    if (!m_session.hasUnexportedCorrections())
        return true;
    const int slices = m_states.count(SliceState::confirmed) + m_states.count(SliceState::partly);
    QMessageBox question(this);
    question.setObjectName(QStringLiteral("leaveCorrections"));
    question.setWindowTitle(tr("Corrections"));
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

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayLeaveCorrections())
        return event->ignore();
    keepPicture();
    m_settings.setBytes(windowKey, saveGeometry());
    m_settings.setBytes(panelsKey, m_workspace->stateToKeep());
    m_settings.setTheme(m_theme.choice());
    m_settings.setOverlayOpacity(m_workspace->section()->view()->overlayOpacity());
    event->accept();
}

void MainWindow::restore()
{
    if (!restoreGeometry(m_settings.bytes(windowKey)))
        resize(1440, 900);
    const QByteArray panels = m_settings.bytes(panelsKey);
    if (!panels.isEmpty())
        m_workspace->restoreState(panels);
    const double opacity = m_settings.overlayOpacity();
    m_workspace->section()->view()->setOverlayOpacity(opacity);
    m_workspace->predict()->setOverlayOpacity(opacity);
    m_actions[Do::fullScreen]->setChecked(isFullScreen());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && !localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList paths = localPaths(event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    open(paths.first());
    if (paths.count() > 1)
        m_banner->tell(tr("Emend opens one stack at a time: %1. To open many sections as one "
                          "stack, drop their folder.")
                           .arg(QFileInfo(paths.first()).fileName()));
}

void MainWindow::setSectionOnly(bool isAlone)
{
    menuBar()->setVisible(!isAlone);
    m_status->setVisible(!isAlone);
    m_workspace->setSectionOnly(isAlone);
}

void MainWindow::applyTheme()
{
    m_workspace->section()->view()->setSurround(themeColours(m_theme.scheme()).surround);
    switch (m_theme.choice()) {
    case Theme::Choice::system:
        return m_actions[Do::themeSystem]->setChecked(true);
    case Theme::Choice::dark:
        return m_actions[Do::themeDark]->setChecked(true);
    case Theme::Choice::light:
        return m_actions[Do::themeLight]->setChecked(true);
    }
}

void MainWindow::showTitle()
{
    if (!m_session.isOpen())
        return setWindowTitle(QStringLiteral("Emend"));
    setWindowTitle(m_session.project()->stack()->info().name + QStringLiteral("[*] – Emend"));
    setWindowModified(m_session.hasUnexportedCorrections());
}

void MainWindow::about()
{
    QMessageBox box(this);
    box.setObjectName(QStringLiteral("aboutBox"));
    box.setWindowTitle(tr("About Emend"));
    box.setText(QStringLiteral("<b>Emend ") + QStringLiteral(EMEND_VERSION) +
                QStringLiteral("</b>"));
    box.setInformativeText(tr("Labels serial-section electron microscopy stacks with a model that "
                              "learns from corrections.\n\nModels run on: %1\nLicence: Apache 2.0")
                               .arg(m_session.deviceText()));
    box.exec();
}

} // namespace emend
