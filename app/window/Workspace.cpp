// SPDX-License-Identifier: Apache-2.0
#include "app/window/Workspace.h"

#include "app/window/Actions.h"
#include "app/window/SectionPage.h"
#include "widgets/panels/ClassPanel.h"
#include "widgets/panels/CorrectPanel.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/panels/LearnPanel.h"
#include "widgets/panels/PanelDock.h"
#include "widgets/panels/PredictPanel.h"

#include <QAbstractButton>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

namespace emend {

namespace {

constexpr int columnWidthPx = 280;

} // namespace

Workspace::Workspace(const Actions& actions, ToolBox& toolBox, QWidget* parent)
    : QMainWindow(parent)
    , m_section(new SectionPage(toolBox, this))
    , m_classes(new ClassPanel(this))
    , m_predict(new PredictPanel(this))
    , m_correct(new CorrectPanel(this))
    , m_learn(new LearnPanel(this))
    , m_export(new ExportPanel(this))
{
    setObjectName(QStringLiteral("workspace"));
    setWindowFlags(Qt::Widget); // a main window begins as a window of its own
    setCentralWidget(m_section);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks |
                   QMainWindow::AllowTabbedDocks);
    addTools(actions);
    addPanels();
    nameKeys(actions);
}

void Workspace::addTools(const Actions& actions)
{
    auto* tools = new QToolBar(tr("Tools"), this);
    tools->setObjectName(QStringLiteral("toolColumn"));
    tools->setOrientation(Qt::Vertical);
    tools->setMovable(false);
    for (Do id : {Do::brush, Do::eraser, Do::fill, Do::polygon})
        tools->addAction(actions[id]);
    tools->addSeparator();
    for (Do id : {Do::undo, Do::redo, Do::zoomFit})
        tools->addAction(actions[id]);
    for (QAction* action : tools->actions()) {
        QWidget* button = tools->widgetForAction(action);
        if (action->isSeparator() || !button)
            continue;
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setAccessibleName(Actions::describe(*action));
    }
    addToolBar(Qt::LeftToolBarArea, tools);
}

void Workspace::addPanels()
{
    for (Panel* panel :
         std::initializer_list<Panel*>{m_classes, m_predict, m_correct, m_learn, m_export}) {
        auto* dock = new PanelDock(panel, this);
        m_docks << dock;
        addDockWidget(Qt::RightDockWidgetArea, dock);
    }
    resizeDocks({m_docks.first()}, {columnWidthPx}, Qt::Horizontal);
}

void Workspace::resetPanels()
{
    for (PanelDock* dock : m_docks) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    for (PanelDock* dock : m_docks) {
        addDockWidget(Qt::RightDockWidgetArea, dock);
        dock->show();
    }
    resizeDocks({m_docks.first()}, {columnWidthPx}, Qt::Horizontal);
}

void Workspace::nameKeys(const Actions& actions)
{
    const auto name = [this, &actions](const char* button, Do id) {
        const QAction* action = actions[id];
        findChild<QAbstractButton*>(QLatin1String(button))
            ->setToolTip(tr("%1 (%2)", "what it does (key)")
                             .arg(action->statusTip(),
                                  action->shortcut().toString(QKeySequence::NativeText)));
    };
    name("predictSlice", Do::predictSlice);
    name("predictAll", Do::predictAll);
    name("confirmSlice", Do::confirmSlice);
    name("confirmPlace", Do::confirmPlace);
    name("learn", Do::learn);
    name("export", Do::exportLabels);
    name("stopJob", Do::stop);
    name("showModelDifference", Do::showModelDifference);
    name("leaveComparisonButton", Do::leaveComparison);
}

QList<QAction*> Workspace::panelActions() const
{
    QList<QAction*> actions;
    for (const PanelDock* dock : m_docks)
        actions << dock->toggleViewAction();
    return actions;
}

void Workspace::setSectionOnly(bool isAlone)
{
    if (isAlone && m_stateBeforeAlone.isEmpty())
        m_stateBeforeAlone = saveState();
    m_section->setSectionOnly(isAlone);
    if (isAlone) {
        for (PanelDock* dock : m_docks)
            dock->hide();
        findChild<QToolBar*>(QStringLiteral("toolColumn"))->hide();
    } else if (!m_stateBeforeAlone.isEmpty()) {
        restoreState(std::exchange(m_stateBeforeAlone, {}));
    }
}

QByteArray Workspace::stateToKeep() const
{
    return m_stateBeforeAlone.isEmpty() ? saveState() : m_stateBeforeAlone;
}

QMenu* Workspace::createPopupMenu()
{
    auto* menu = new QMenu(this);
    menu->addActions(panelActions());
    return menu;
}

} // namespace emend
