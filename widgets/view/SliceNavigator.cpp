// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceNavigator.h"

#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace emend {

namespace {

constexpr int anglePerNotch = 120;
constexpr double zoomPerNotch = 1.25;

/// With Alt, and on some systems with Shift, the wheel turns sideways.
int turned(const QWheelEvent& event)
{
    return event.angleDelta().y() != 0 ? event.angleDelta().y() : event.angleDelta().x();
}

} // namespace

SliceNavigator::SliceNavigator(SliceView& view)
    : QObject(&view)
    , m_view(view)
{
    view.installEventFilter(this);
}

bool SliceNavigator::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Wheel:
        return onWheel(*static_cast<QWheelEvent*>(event));
    case QEvent::KeyPress:
        return onKeyPress(*static_cast<QKeyEvent*>(event));
    case QEvent::KeyRelease:
        return onKeyRelease(*static_cast<QKeyEvent*>(event));
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        return onMousePress(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        return onMouseMove(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return onMouseRelease(*static_cast<QMouseEvent*>(event));
    case QEvent::FocusOut:
        letGoOfKeys();
        return false;
    default:
        return false;
    }
}

int SliceNavigator::notches(int angle, Qt::KeyboardModifiers modifiers)
{
    const bool turnsBack = (angle > 0) != (m_wheelAngle > 0);
    if (modifiers != m_wheelModifiers || turnsBack)
        m_wheelAngle = 0;
    m_wheelModifiers = modifiers;
    m_wheelAngle += angle;
    const int whole = m_wheelAngle / anglePerNotch;
    m_wheelAngle -= whole * anglePerNotch;
    return whole;
}

bool SliceNavigator::onWheel(const QWheelEvent& event)
{
    const int angle = turned(event);
    if (event.modifiers() & Qt::ControlModifier) {
        zoomBy(std::pow(zoomPerNotch, double(angle) / anglePerNotch),
               m_view.deviceFromWidget(event.position()));
        return true;
    }
    const int whole = notches(angle, event.modifiers());
    if (event.modifiers() & Qt::ShiftModifier) {
        if (m_view.toolBox())
            m_view.toolBox()->growRadius(whole);
        return true;
    }
    m_view.setSlice(m_view.slice() - whole);
    return true;
}

void SliceNavigator::zoomBy(double factor, QPointF screen)
{
    SliceTransform transform = m_view.transform();
    const double before = transform.zoom();
    const double after = before * factor;
    // Stops at 1 : 1, where every pixel is itself.
    const bool passesOne = (before < 1 && after > 1) || (before > 1 && after < 1);
    transform.zoomAt(screen, passesOne ? 1 : after);
    m_view.setTransform(transform);
}

bool SliceNavigator::onKeyPress(const QKeyEvent& event)
{
    if (event.isAutoRepeat() && (event.key() == Qt::Key_Space || event.key() == Qt::Key_H))
        return true;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ControlModifier)
        return onControlKey(event.key());
    return modifiers == Qt::NoModifier && (onPlainKey(event.key()));
}

bool SliceNavigator::onControlKey(int key)
{
    if (key == Qt::Key_0)
        m_view.fitToWindow();
    else if (key == Qt::Key_1)
        m_view.setZoom(1);
    else
        return false;
    return true;
}

bool SliceNavigator::onPlainKey(int key)
{
    ToolBox* toolBox = m_view.toolBox();
    switch (key) {
    case Qt::Key_Space:
        m_holdsSpace = true;
        updatePointerShape();
        return true;
    case Qt::Key_H:
        m_hidesOverlay = m_view.isOverlayVisible();
        m_view.setOverlayVisible(false);
        return true;
    case Qt::Key_PageUp:
        m_view.setSlice(m_view.slice() - 1);
        return true;
    case Qt::Key_PageDown:
        m_view.setSlice(m_view.slice() + 1);
        return true;
    case Qt::Key_Home:
        m_view.setSlice(0);
        return true;
    case Qt::Key_End:
        m_view.setSlice(m_view.sliceCount() - 1);
        return true;
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
        if (toolBox)
            toolBox->growRadius(key == Qt::Key_BracketRight ? 1 : -1);
        return toolBox;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
        if (!toolBox || !toolBox->currentTool().isBusy())
            return false;
        if (key == Qt::Key_Escape)
            toolBox->currentTool().cancel();
        else
            toolBox->currentTool().finish();
        return true;
    default:
        return false;
    }
}

bool SliceNavigator::onKeyRelease(const QKeyEvent& event)
{
    if (event.isAutoRepeat())
        return event.key() == Qt::Key_Space || event.key() == Qt::Key_H;
    if (event.key() == Qt::Key_Space) {
        m_holdsSpace = false;
        updatePointerShape();
        return true;
    }
    if (event.key() == Qt::Key_H && std::exchange(m_hidesOverlay, false)) {
        m_view.setOverlayVisible(true);
        return true;
    }
    return false;
}

void SliceNavigator::letGoOfKeys()
{
    // The release of a held key goes to whoever has the focus then.
    m_holdsSpace = false;
    if (std::exchange(m_hidesOverlay, false))
        m_view.setOverlayVisible(true);
    updatePointerShape();
}

bool SliceNavigator::onMousePress(const QMouseEvent& event)
{
    const bool pans =
        event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && m_holdsSpace);
    if (!pans || m_panButton != Qt::NoButton)
        return m_panButton != Qt::NoButton;
    m_panButton = event.button();
    m_panPosition = event.position();
    updatePointerShape();
    return true;
}

bool SliceNavigator::onMouseMove(const QMouseEvent& event)
{
    if (m_panButton == Qt::NoButton)
        return false;
    SliceTransform transform = m_view.transform();
    transform.panBy(m_view.deviceFromWidget(event.position() - m_panPosition));
    m_panPosition = event.position();
    m_view.setTransform(transform);
    return true;
}

bool SliceNavigator::onMouseRelease(const QMouseEvent& event)
{
    if (m_panButton == Qt::NoButton || event.button() != m_panButton)
        return false;
    m_panButton = Qt::NoButton;
    updatePointerShape();
    return true;
}

void SliceNavigator::updatePointerShape()
{
    if (m_panButton != Qt::NoButton)
        m_view.setCursor(Qt::ClosedHandCursor);
    else
        m_view.setCursor(m_holdsSpace ? Qt::OpenHandCursor : Qt::CrossCursor);
}

} // namespace emend
