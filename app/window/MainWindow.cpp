// SPDX-License-Identifier: Apache-2.0
#include "app/window/MainWindow.h"

#include "app/window/FileCommands.h"
#include "app/window/KeysDialog.h"
#include "app/window/Menus.h"
#include "app/window/ModelCommands.h"
#include "app/window/ModelComparison.h"
#include "app/window/PanelLinks.h"
#include "app/window/SectionPage.h"
#include "app/window/StartPage.h"
#include "app/window/StatusLine.h"
#include "app/window/ViewLinks.h"
#include "app/window/ViewMemory.h"
#include "app/window/Workspace.h"
#include "core/store/ProjectLock.h"
#include "widgets/panels/Banner.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/SliceView.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>

namespace emend {

namespace {

const QString windowKey = QStringLiteral("geometry");
const QString panelsKey = QStringLiteral("panels");

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

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_pages(new QStackedWidget(this))
    , m_startPage(new StartPage(m_pages))
    , m_workspace(new Workspace(m_actions, m_toolBox, m_pages))
    , m_status(new StatusLine(this))
    , m_banner(new Banner(m_pages))
    , m_files(new FileCommands(m_session, m_states, *m_workspace, *m_banner, this))
    , m_comparison(new ModelComparison(m_session, *m_workspace, m_actions, this))
    , m_panelLinks(new PanelLinks(m_session, m_states, *m_workspace, m_toolBox, m_actions, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    new ViewLinks(m_session, *m_workspace, m_toolBox, *m_status, m_actions, this);
    auto* models = new ModelCommands(m_session, m_actions, this);
    connect(models, &ModelCommands::compareWanted, m_comparison, &ModelComparison::compare);
    m_viewMemory = new ViewMemory(m_session, *m_workspace->section()->view(), m_toolBox, this);
    placeEverything();
    connectWorkActions();
    connectWindowActions();
    connectSession();
    connectStartPage();
    applyTheme();
    restore();
    showTitle();
}

MainWindow::~MainWindow()
{
    // The views look at the session's project, which goes before them.
    delete m_comparison;
    m_workspace->section()->view()->setProject(nullptr);
    delete m_panelLinks;
}

void MainWindow::placeEverything()
{
    m_pages->setObjectName(QStringLiteral("pages"));
    m_pages->addWidget(m_startPage);
    m_pages->addWidget(m_workspace);
    setCentralWidget(m_pages);
    setStatusBar(m_status);
    const Menus menus = buildMenus(*menuBar(), m_actions);
    m_files->connectActions(m_actions, *menus.recent);
    menus.window->addActions(m_workspace->panelActions());
    menus.window->addSeparator();
    QAction* reset = menus.window->addAction(tr("&Reset the panels"));
    reset->setObjectName(QStringLiteral("resetPanels"));
    connect(reset, &QAction::triggered, m_workspace, &Workspace::resetPanels);
    // Held here too, so that keys work while the menu bar is hidden.
    addActions(m_actions.all());
    for (Do id :
         {Do::undo, Do::redo, Do::voxelSize, Do::zoomIn, Do::zoomOut, Do::zoomFit, Do::zoomOne,
          Do::previousSlice, Do::nextSlice, Do::firstSlice, Do::lastSlice, Do::showOverlay,
          Do::showDoubt, Do::automaticContrast, Do::sectionOnly, Do::addClass})
        m_actions[id]->setEnabled(false);
}

void MainWindow::connectWorkActions()
{
    PanelLinks* links = m_panelLinks;
    connect(m_actions[Do::undo], &QAction::triggered, &m_session, &Session::undo);
    connect(m_actions[Do::redo], &QAction::triggered, &m_session, &Session::redo);
    connect(m_actions[Do::stop], &QAction::triggered, &m_session, &Session::stop);
    connect(m_actions[Do::predictSlice], &QAction::triggered, links, &PanelLinks::predictSlice);
    connect(m_actions[Do::predictAll], &QAction::triggered, links, &PanelLinks::predictAll);
    connect(m_actions[Do::confirmSlice], &QAction::triggered, links, &PanelLinks::confirmSlice);
    connect(m_actions[Do::nextToCorrect], &QAction::triggered, links, &PanelLinks::goToNextPlace);
    connect(m_actions[Do::confirmPlace], &QAction::triggered, links, &PanelLinks::confirmPlace);
    connect(m_actions[Do::learn], &QAction::triggered, links, &PanelLinks::learn);
    connect(m_actions[Do::addClass], &QAction::triggered, links, &PanelLinks::addClass);
    connect(links, &PanelLinks::exportWanted, m_files, &FileCommands::exportLabels);
}

void MainWindow::connectWindowActions()
{
    const auto on = [this](Do id, auto slot) {
        connect(m_actions[id], &QAction::triggered, this, slot);
    };
    on(Do::quit, &QWidget::close);
    on(Do::fullScreen, [this](bool isOn) { isOn ? showFullScreen() : showNormal(); });
    on(Do::themeSystem, [this] { m_theme.setChoice(Theme::Choice::system); });
    on(Do::themeDark, [this] { m_theme.setChoice(Theme::Choice::dark); });
    on(Do::themeLight, [this] { m_theme.setChoice(Theme::Choice::light); });
    on(Do::keys, [this] { KeysDialog(m_actions, this).exec(); });
    on(Do::about, &MainWindow::about);
    connect(m_actions[Do::sectionOnly], &QAction::toggled, this, &MainWindow::setSectionOnly);
    connect(&m_theme, &Theme::changed, this, &MainWindow::applyTheme);
    // Only in the section: elsewhere Tab goes from control to control.
    auto* tab = new QShortcut(QKeySequence(Qt::Key_Tab), m_workspace->section()->view());
    tab->setObjectName(QStringLiteral("tabShortcut"));
    tab->setContext(Qt::WidgetWithChildrenShortcut);
    connect(tab, &QShortcut::activated, m_actions[Do::sectionOnly], &QAction::toggle);
}

void MainWindow::connectSession()
{
    const auto tellProblem = [this](const QString& text) {
        m_banner->tell(text, Banner::Kind::problem);
    };
    connect(&m_session, &Session::opened, this, &MainWindow::onOpened);
    connect(&m_session, &Session::failed, m_banner, tellProblem);
    connect(m_workspace->section()->view(), &SliceView::failed, m_banner, tellProblem);
    connect(&m_session, &Session::saveStatusChanged, this, &MainWindow::showTitle);
}

void MainWindow::connectStartPage()
{
    connect(m_startPage, &StartPage::openWanted, m_actions[Do::openStack], &QAction::trigger);
    connect(m_startPage, &StartPage::folderWanted, m_actions[Do::openFolder], &QAction::trigger);
    connect(m_startPage, &StartPage::sampleWanted, m_actions[Do::openSample], &QAction::trigger);
    connect(m_startPage, &StartPage::recentWanted, m_files, &FileCommands::open);
}

void MainWindow::onOpened()
{
    SliceView* view = m_workspace->section()->view();
    m_pages->setCurrentWidget(m_workspace);
    m_banner->setAnchor(view);
    view->setFocus();
    showTitle();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_viewMemory->keep();
    if (!m_files->mayLeave())
        return event->ignore();
    m_files->keepPicture();
    m_settings.setOpenProject({});
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
    const QString interrupted = m_settings.openProject();
    if (QFileInfo::exists(interrupted) && !ProjectLock::isHeld(interrupted))
        m_startPage->offerToContinue(interrupted);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_files->openDropped(localPaths(event->mimeData()));
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
    setWindowTitle(QFileInfo(m_session.store()->path()).completeBaseName() +
                   QStringLiteral("[*] – Emend"));
    setWindowModified(m_session.store()->status().state == SaveStatus::State::notSaved);
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
