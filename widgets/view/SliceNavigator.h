// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointF>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace emend {

class SliceView;

/// Moves a SliceView about: wheel, keys and dragging with the middle button or Space.
///
/// Wheel = slices, Ctrl + wheel = zoom at the pointer, Shift + wheel = size of the brush. Held
/// keys: Space = pan, H = hide the labels. Owned by its view, whose events it sees first.
class SliceNavigator : public QObject
{
    Q_OBJECT

public:
    explicit SliceNavigator(SliceView& view);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool onWheel(const QWheelEvent& event);
    bool onKeyPress(const QKeyEvent& event);
    bool onPlainKey(int key);
    bool onControlKey(int key);
    bool onKeyRelease(const QKeyEvent& event);
    bool onMousePress(const QMouseEvent& event);
    bool onMouseMove(const QMouseEvent& event);
    bool onMouseRelease(const QMouseEvent& event);
    int notches(int angle, Qt::KeyboardModifiers modifiers);
    void zoomBy(double factor, QPointF screen);
    void letGoOfKeys();
    void updatePointerShape();

    SliceView& m_view;
    int m_wheelAngle = 0; ///< what has turned since the last whole notch, in eighths of a degree
    Qt::KeyboardModifiers m_wheelModifiers;
    Qt::MouseButton m_panButton = Qt::NoButton;
    QPointF m_panPosition;
    bool m_holdsSpace = false;
    bool m_hidesOverlay = false;
};

} // namespace emend
