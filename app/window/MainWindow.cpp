// SPDX-License-Identifier: Apache-2.0
#include "app/window/MainWindow.h"

#include "app/session/Sample.h"
#include "app/window/DemoOpener.h"
#include "app/window/FileChoices.h"
#include "app/window/KeysDialog.h"
#include "app/window/Menus.h"
#include "app/window/PanelLinks.h"
#include "app/window/SectionPage.h"
#include "app/window/StartPage.h"
#include "app/window/StatusLine.h"
#include "app/window/ViewLinks.h"
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
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>

namespace emend {

namespace {

constexpr int pictureDelayMs = 1500; ///< until the first slice is surely there
const QString windowKey = QStringLiteral("geometry");
const QString panelsKey = QStringLiteral("panels");

} // namespace

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_pages(new QStackedWidget(this))
    , m_startPage(new StartPage(m_pages))
    , m_workspace(new Workspace(m_actions, m_toolBox, m_pages))
    , m_status(new StatusLine(this))
    , m_banner(new Banner(m_pages))
    , m_demo(new DemoOpener(m_session, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    placeEverything();
    m_panelLinks = new PanelLinks(m_session, m_states, *m_workspace, m_toolBox, m_actions, this);
    new ViewLinks(m_session, *m_workspace, m_toolBox, *m_status, m_actions, this);
    connectFileActions();
    connectWorkActions();
    connectViewActions();
    connectSession();
    connectStartPage();
    applyTheme();
    restore();
    showTitle();
}

MainWindow::~MainWindow()
{
    // The views look at the session's project, which goes before them.
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
    m_recentMenu = menus.recent;
    menus.window->addActions(m_workspace->panelActions());
    menus.window->addSeparator();
    QAction* reset = menus.window->addAction(tr("&Reset the panels"));
    reset->setObjectName(QStringLiteral("resetPanels"));
    connect(reset, &QAction::triggered, m_workspace, &Workspace::resetPanels);
    // Held here too, so that keys work while the menu bar is hidden.
    addActions(m_actions.all());
    for (Do id : {Do::undo, Do::redo, Do::voxelSize, Do::zoomIn, Do::zoomOut, Do::zoomFit,
                  Do::zoomOne, Do::previousSlice, Do::nextSlice, Do::firstSlice, Do::lastSlice,
                  Do::showOverlay, Do::automaticContrast, Do::sectionOnly, Do::addClass})
        m_actions[id]->setEnabled(false);
}

void MainWindow::connectFileActions()
{
    const auto on = [this](Do id, auto slot) {
        connect(m_actions[id], &QAction::triggered, this, slot);
    };
    on(Do::openStack, [this] { open(FileChoices::stack(this)); });
    on(Do::openFolder, [this] { open(FileChoices::folderOfSections(this)); });
    on(Do::openSample, [this] { openDemo(); });
    on(Do::exportLabels, &MainWindow::exportLabels);
    on(Do::loadModel, [this] {
        if (const QString path = FileChoices::modelToLoad(this); !path.isEmpty())
            m_session.loadModel(path);
    });
    on(Do::saveModel, &MainWindow::saveModel);
    on(Do::quit, &QWidget::close);
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
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
    connect(m_actions[Do::nextToCorrect], &QAction::triggered, links, &PanelLinks::goToNextSlice);
    connect(m_actions[Do::learn], &QAction::triggered, links, &PanelLinks::learn);
    connect(m_actions[Do::addClass], &QAction::triggered, links, &PanelLinks::addClass);
    connect(links, &PanelLinks::exportWanted, this, &MainWindow::exportLabels);
}

void MainWindow::connectViewActions()
{
    const auto on = [this](Do id, auto slot) {
        connect(m_actions[id], &QAction::triggered, this, slot);
    };
    on(Do::fullScreen, [this](bool isOn) { isOn ? showFullScreen() : showNormal(); });
    connect(m_actions[Do::sectionOnly], &QAction::toggled, this, &MainWindow::setSectionOnly);
    on(Do::themeSystem, [this] { m_theme.setChoice(Theme::Choice::system); });
    on(Do::themeDark, [this] { m_theme.setChoice(Theme::Choice::dark); });
    on(Do::themeLight, [this] { m_theme.setChoice(Theme::Choice::light); });
    on(Do::keys, [this] { KeysDialog(m_actions, this).exec(); });
    on(Do::about, &MainWindow::about);
    connect(&m_theme, &Theme::changed, this, &MainWindow::applyTheme);
    // Only in the section: elsewhere Tab goes from control to control.
    auto* tab = new QShortcut(QKeySequence(Qt::Key_Tab), m_workspace->section()->view());
    tab->setObjectName(QStringLiteral("tabShortcut"));
    tab->setContext(Qt::WidgetWithChildrenShortcut);
    connect(tab, &QShortcut::activated, m_actions[Do::sectionOnly], &QAction::toggle);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::opened, this, &MainWindow::onOpened);
    connect(&m_session, &Session::failed, m_banner,
            [this](const QString& text) { m_banner->tell(text, Banner::Kind::problem); });
    connect(m_workspace->section()->view(), &SliceView::failed, m_banner,
            [this](const QString& text) { m_banner->tell(text, Banner::Kind::problem); });
    connect(&m_session, &Session::exported, m_banner, [this](const QStringList& paths) {
        m_banner->tell(tr("Exported %Ln file(s) to %1", nullptr, int(paths.count()))
                           .arg(QFileInfo(paths.value(0)).path()));
    });
    connect(&m_session, &Session::nextStepChanged, this, &MainWindow::showTitle);
}

void MainWindow::connectStartPage()
{
    connect(m_startPage, &StartPage::openWanted, m_actions[Do::openStack], &QAction::trigger);
    connect(m_startPage, &StartPage::folderWanted, m_actions[Do::openFolder], &QAction::trigger);
    connect(m_startPage, &StartPage::sampleWanted, this, [this] { openDemo(); });
    connect(m_startPage, &StartPage::recentWanted, this, &MainWindow::open);
}

void MainWindow::open(const QString& path)
{
    if (path.isEmpty() || m_session.isBusy() || !mayLeaveCorrections())
        return;
    m_opening = path;
    m_banner->hide();
    m_session.open(path);
}

void MainWindow::openDemo(const QString& path)
{
    if (m_session.isBusy() || !mayLeaveCorrections())
        return;
    m_opening = path;
    m_banner->hide();
    path.isEmpty() ? m_demo->openSample() : m_demo->open(path);
}

void MainWindow::onOpened()
{
    keepPicture();
    m_path = std::exchange(m_opening, {});
    m_pages->setCurrentWidget(m_workspace);
    m_workspace->section()->view()->setFocus();
    if (!m_path.isEmpty()) {
        m_recent.add(m_path);
        QTimer::singleShot(pictureDelayMs, this, &MainWindow::keepPicture);
    }
    const QStringList& notes = m_session.project()->stack()->info().notes;
    if (!notes.isEmpty())
        m_banner->tell(notes.join(u' '));
    showTitle();
}

void MainWindow::keepPicture()
{
    if (!m_path.isEmpty() && m_workspace->section()->view()->project())
        m_recent.setPicture(m_path, m_workspace->section()->view()->picture());
}

} // namespace emend
