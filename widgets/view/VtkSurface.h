// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QOpenGLWidget>

#include <memory>

class vtkGenericOpenGLRenderWindow;
class QSurfaceFormat;

namespace emend {

/// VTK inside a Qt 6 widget.
///
/// VTK draws into framebuffers of its own in this widget's context; what it drew is copied into
/// the widget's. Derived classes add renderers to renderWindow() and call update(). GUI thread
/// only. Where isSupported() says no, show something else: this widget would stay empty.
class VtkSurface : public QOpenGLWidget
{
    Q_OBJECT

public:
    /// Call before the QApplication is made: surfaces share one kind of context, which then
    /// survives docking and floating.
    static void prepareApplication();

    /// Whether this display can do OpenGL 3.2. Needs a QApplication; asked once.
    static bool isSupported();

    explicit VtkSurface(QWidget* parent = nullptr);
    ~VtkSurface() override;

    vtkGenericOpenGLRenderWindow* renderWindow() const;

    /// Size in device pixels.
    QSize deviceSize() const;

protected:
    /// Called with the context current, just before VTK draws a frame. Returns what VTK is going to
    /// draw, in device pixels from the top left corner; the rest of the last frame stays as it is.
    virtual QRect prepareFrame() { return QRect(QPoint(), deviceSize()); }

    /// Called with the context current, just before it goes away.
    virtual void releaseGraphics() {}

    void initializeGL() override;
    void paintGL() override;

    /// The part of a destructor that needs the derived class: call it first in every destructor.
    void closeGraphics();

private:
    struct Window; // VTK's, in VtkSurface.cpp

    static QSurfaceFormat surfaceFormat();
    void adaptSize();
    void cleanUp();
    void copyToWidget(const QRect& area);

    std::unique_ptr<Window> m_window;
    bool m_isPainting = false;
};

} // namespace emend
