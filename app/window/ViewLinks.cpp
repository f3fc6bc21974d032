// SPDX-License-Identifier: Apache-2.0
#include "app/window/ViewLinks.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/SectionPage.h"
#include "app/window/StatusLine.h"
#include "app/window/Workspace.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/panels/VoxelSizeDialog.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

namespace emend {

namespace {

constexpr double zoomStep = 1.25;

Do actionOf(ToolKind kind)
{
    switch (kind) {
    case ToolKind::brush:
        return Do::brush;
    case ToolKind::eraser:
        return Do::eraser;
    case ToolKind::fill:
        return Do::fill;
    case ToolKind::polygon:
        break;
    }
    return Do::polygon;
}

} // namespace

ViewLinks::ViewLinks(Session& session, Workspace& workspace, ToolBox& toolBox, StatusLine& status,
                     const Actions& actions, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_workspace(workspace)
    , m_toolBox(toolBox)
    , m_status(status)
    , m_actions(actions)
{
    connectActions();
    connectTools();
    connectStatus();
    connect(&session, &Session::opened, this, &ViewLinks::onOpened);
    connect(&session, &Session::sliceWanted, workspace.section()->view(), &SliceView::setSlice);
    showHint();
}

void ViewLinks::connectActions()
{
    SliceView* view = m_workspace.section()->view();
    const auto on = [this, view](Do id, auto slot) {
        connect(m_actions[id], &QAction::triggered, view, slot);
    };
    on(Do::zoomIn, [this] { zoomBy(zoomStep); });
    on(Do::zoomOut, [this] { zoomBy(1 / zoomStep); });
    on(Do::zoomFit, [view] { view->fitToWindow(); });
    on(Do::zoomOne, [view] { view->setZoom(1); });
    on(Do::previousSlice, [view] { view->setSlice(view->slice() - 1); });
    on(Do::nextSlice, [view] { view->setSlice(view->slice() + 1); });
    on(Do::firstSlice, [view] { view->setSlice(0); });
    on(Do::lastSlice, [view] { view->setSlice(view->sliceCount() - 1); });
    on(Do::automaticContrast, [view] { view->chooseContrast(); });
    on(Do::voxelSize, [this] { askVoxelSize(); });
    // Who changes the opacity wants to see it. Holding H hides the labels for a moment only; the
    // menu need not tell.
    connect(m_workspace.predict(), &PredictPanel::overlayOpacityChosen, view,
            [this] { m_actions[Do::showOverlay]->setChecked(true); });
    connect(m_actions[Do::showOverlay], &QAction::toggled, view, &SliceView::setOverlayVisible);
    connect(m_actions[Do::showDoubt], &QAction::toggled, view, &SliceView::setDoubtVisible);
}

void ViewLinks::connectTools()
{
    for (ToolKind kind : ToolBox::kinds()) {
        connect(m_actions[actionOf(kind)], &QAction::triggered, &m_toolBox,
                [this, kind] { m_toolBox.setCurrentKind(kind); });
    }
    connect(&m_toolBox, &ToolBox::toolChanged, this, [this](ToolKind kind) {
        m_actions[actionOf(kind)]->setChecked(true);
        showHint();
    });
    connect(m_actions[Do::smallerTool], &QAction::triggered, &m_toolBox,
            [this] { m_toolBox.growRadius(-1); });
    connect(m_actions[Do::largerTool], &QAction::triggered, &m_toolBox,
            [this] { m_toolBox.growRadius(1); });
    for (int i = 1; i <= Actions::classCount; ++i) {
        connect(m_actions.chooseClass(i), &QAction::triggered, &m_toolBox,
                [this, i] { m_toolBox.setCurrentClass(i); });
    }
    connect(&m_toolBox, &ToolBox::classChanged, this, &ViewLinks::showHint);
}

void ViewLinks::connectStatus()
{
    SliceView* view = m_workspace.section()->view();
    connect(view, &SliceView::sliceChanged, this,
            [this, view](int z) { m_status.setSlice(z, view->sliceCount()); });
    connect(view, &SliceView::zoomChanged, &m_status, &StatusLine::setZoom);
    connect(view, &SliceView::cursorMoved, this, &ViewLinks::followPointer);
    connect(view, &SliceView::cursorLeft, &m_status, &StatusLine::clearPixel);
    connect(&m_status, &StatusLine::voxelSizeClicked, this, &ViewLinks::askVoxelSize);
    connect(&m_session, &Session::told, &m_status, &StatusLine::tell);
    const auto showDevice = [this] {
        m_status.setDevice(m_session.deviceText());
    };
    connect(&m_session, &Session::deviceChanged, this, showDevice);
    connect(&m_session, &Session::saveStatusChanged, this, &ViewLinks::showSaving);
    showDevice();
}

void ViewLinks::onOpened()
{
    Project* project = m_session.project();
    const auto showVoxelSize = [this, project] {
        m_status.setVoxelSize(project->voxelSize());
    };
    connect(project, &Project::voxelSizeChanged, this, showVoxelSize);
    connect(project, &Project::classesChanged, this, &ViewLinks::showHint);
    connect(m_session.history(), &EditHistory::changed, this, &ViewLinks::onHistoryChanged);
    showVoxelSize();
    showHint();
    m_status.setSlice(0, project->size().slices);
    m_status.setZoom(m_workspace.section()->view()->zoom());
    m_status.clearPixel();
    onHistoryChanged();
    for (Do id : {Do::zoomIn, Do::zoomOut, Do::zoomFit, Do::zoomOne, Do::previousSlice,
                  Do::nextSlice, Do::firstSlice, Do::lastSlice, Do::showOverlay, Do::showDoubt,
                  Do::automaticContrast, Do::sectionOnly, Do::voxelSize, Do::addClass})
        m_actions[id]->setEnabled(true);
}

void ViewLinks::showSaving(const SaveStatus& status)
{
    using Saving = StatusLine::Saving;
    if (m_session.store()->isReadOnly())
        return m_status.setSaving(Saving::readOnly);
    switch (status.state) {
    case SaveStatus::State::saved:
        return m_status.setSaving(Saving::saved);
    case SaveStatus::State::saving:
        return m_status.setSaving(Saving::saving);
    case SaveStatus::State::notSaved:
        return m_status.setSaving(Saving::notSaved, status.problem);
    }
}

void ViewLinks::onHistoryChanged()
{
    const EditHistory* history = m_session.history();
    QAction* undo = m_actions[Do::undo];
    QAction* redo = m_actions[Do::redo];
    undo->setEnabled(history->canUndo() && !m_session.isReadOnly());
    redo->setEnabled(history->canRedo() && !m_session.isReadOnly());
    undo->setText(history->canUndo() ? tr("&Undo: %1").arg(history->undoText()) : tr("&Undo"));
    redo->setText(history->canRedo() ? tr("&Redo: %1").arg(history->redoText()) : tr("&Redo"));
    undo->setToolTip(Actions::describe(*undo));
    redo->setToolTip(Actions::describe(*redo));
}

void ViewLinks::followPointer(Pixel pixel, int grey, Label label)
{
    m_status.setPixel(pixel, grey, label, m_workspace.section()->view()->shownClasses());
    if (m_toolBox.currentTool().isBusy() && m_session.isBusy() && !m_session.device().isCuda())
        m_session.jobs().giveWay(); // while it is drawn, a stroke has the processor for itself
}

void ViewLinks::showHint()
{
    QString name = tr("the class");
    if (m_session.isOpen() && m_session.project()->classes().contains(m_toolBox.currentClass()))
        name = m_session.project()->classes().at(m_toolBox.currentClass()).name;
    const QString moves = tr("Wheel: slices · Ctrl+wheel: zoom · Space: move · H: hide labels");
    QString does;
    switch (m_toolBox.currentKind()) {
    case ToolKind::brush:
        does = tr("Paint %1; right button: erase").arg(name);
        break;
    case ToolKind::eraser:
        does = tr("Erase");
        break;
    case ToolKind::fill:
        does = tr("Fill with %1; right button: erase").arg(name);
        break;
    case ToolKind::polygon:
        does = tr("Outline %1; Enter: close, Escape: leave").arg(name);
        break;
    }
    m_workspace.section()->setHint(does + QStringLiteral(" · ") + moves);
}

void ViewLinks::zoomBy(double factor)
{
    SliceView* view = m_workspace.section()->view();
    view->setZoom(view->zoom() * factor);
}

void ViewLinks::askVoxelSize()
{
    if (!m_session.isOpen())
        return;
    Project* project = m_session.project();
    const StackInfo& info = project->stack()->info();
    QString explanation = tr("Typed by hand.");
    if (!project->voxelSize().isKnown())
        explanation =
            tr("The file does not say how large a voxel is. Models work best when they know.");
    else if (project->voxelSize() == info.voxelSize)
        explanation = tr("Read from: %1").arg(info.voxelSizeSource);
    VoxelSizeDialog dialog(project->voxelSize(), explanation, m_workspace.window());
    if (dialog.exec() == QDialog::Accepted && m_session.isOpen())
        m_session.setVoxelSize(dialog.voxelSize());
}

} // namespace emend
