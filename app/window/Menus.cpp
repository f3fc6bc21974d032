// SPDX-License-Identifier: Apache-2.0
#include "app/window/Menus.h"

#include "app/window/Actions.h"

#include <QMenu>
#include <QMenuBar>

#include <optional>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Menus", text);
}

/// Adds actions in order; an empty place is a separator.
void add(QMenu* menu, const Actions& actions, std::initializer_list<std::optional<Do>> ids)
{
    for (const auto& id : ids) {
        if (id)
            menu->addAction(actions[*id]);
        else
            menu->addSeparator();
    }
}

QMenu* addMenu(QMenu* parent, const QString& title, const QString& objectName)
{
    QMenu* menu = parent->addMenu(title);
    menu->setObjectName(objectName);
    return menu;
}

QMenu* addMenu(QMenuBar& bar, const QString& title, const QString& objectName)
{
    QMenu* menu = bar.addMenu(title);
    menu->setObjectName(objectName);
    menu->setToolTipsVisible(false);
    return menu;
}

QMenu* addFileMenu(QMenuBar& bar, const Actions& actions)
{
    QMenu* file = addMenu(bar, Menus::tr("&File"), QStringLiteral("fileMenu"));
    add(file, actions, {Do::openStack, Do::openFolder});
    QMenu* recent = addMenu(file, Menus::tr("Open &recent"), QStringLiteral("recentMenu"));
    add(file, actions,
        {Do::openSample,
         {},
         Do::saveAs,
         Do::saveCopy,
         Do::repair,
         {},
         Do::exportLabels,
         {},
         Do::models,
         Do::loadModel,
         Do::saveModel,
         {},
         Do::quit});
    return recent;
}

void addViewMenu(QMenuBar& bar, const Actions& actions)
{
    QMenu* view = addMenu(bar, Menus::tr("&View"), QStringLiteral("viewMenu"));
    add(view, actions,
        {Do::zoomIn,
         Do::zoomOut,
         Do::zoomFit,
         Do::zoomOne,
         {},
         Do::previousSlice,
         Do::nextSlice,
         Do::firstSlice,
         Do::lastSlice,
         {},
         Do::showOverlay,
         Do::showDoubt,
         Do::automaticContrast,
         {}});
    QMenu* theme = addMenu(view, Menus::tr("&Theme"), QStringLiteral("themeMenu"));
    add(theme, actions, {Do::themeSystem, Do::themeDark, Do::themeLight});
    add(view, actions, {{}, Do::sectionOnly, Do::fullScreen});
}

void addToolsMenu(QMenuBar& bar, const Actions& actions)
{
    QMenu* tools = addMenu(bar, Menus::tr("&Tools"), QStringLiteral("toolsMenu"));
    add(tools, actions,
        {Do::brush, Do::eraser, Do::fill, Do::polygon, {}, Do::smallerTool, Do::largerTool, {}});
    QMenu* classes = addMenu(tools, Menus::tr("&Class"), QStringLiteral("classMenu"));
    for (int i = 1; i <= Actions::classCount; ++i)
        classes->addAction(actions.chooseClass(i));
    classes->addSeparator();
    add(classes, actions, {Do::addClass});
}

} // namespace

Menus buildMenus(QMenuBar& bar, const Actions& actions)
{
    bar.setObjectName(QStringLiteral("menuBar"));
    Menus menus;
    menus.recent = addFileMenu(bar, actions);
    add(addMenu(bar, Menus::tr("&Edit"), QStringLiteral("editMenu")), actions,
        {Do::undo,
         Do::redo,
         {},
         Do::confirmSlice,
         Do::nextToCorrect,
         Do::confirmPlace,
         {},
         Do::voxelSize});
    addViewMenu(bar, actions);
    addToolsMenu(bar, actions);
    add(addMenu(bar, Menus::tr("&Predict"), QStringLiteral("predictMenu")), actions,
        {Do::predictSlice,
         Do::predictAll,
         {},
         Do::showOtherModel,
         Do::showModelDifference,
         Do::leaveComparison,
         {},
         Do::stop});
    add(addMenu(bar, Menus::tr("&Learn"), QStringLiteral("learnMenu")), actions, {Do::learn});
    menus.window = addMenu(bar, Menus::tr("&Window"), QStringLiteral("windowMenu"));
    add(addMenu(bar, Menus::tr("&Help"), QStringLiteral("helpMenu")), actions,
        {Do::keys, {}, Do::about});
    return menus;
}

} // namespace emend
