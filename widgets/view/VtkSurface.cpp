// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/VtkSurface.h"

#include <QApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QSurfaceFormat>

#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLState.h>

namespace emend {

namespace {

QSurface* surfaceOf(QOpenGLContext* context)
{
    return context ? context->surface() : nullptr;
}

} // namespace

struct VtkSurface::Window
{
    vtkNew<vtkGenericOpenGLRenderWindow> window;
    vtkNew<vtkCallbackCommand> callback;
    QSurface* surface = nullptr; ///< what the context was current on when it was set up
    VtkSurface* widget = nullptr;

    void watch();
    static void onEvent(vtkObject*, unsigned long event, void* self, void* callData);
};

void VtkSurface::Window::watch()
{
    callback->SetClientData(this);
    callback->SetCallback(onEvent);
    for (const auto event : {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
                             vtkCommand::WindowFrameEvent})
        window->AddObserver(event, callback);
}

void VtkSurface::Window::onEvent(vtkObject*, unsigned long event, void* self, void* callData)
{
    auto* that = static_cast<Window*>(self);
    QOpenGLContext* context = that->widget->context();
    switch (event) {
    case vtkCommand::WindowMakeCurrentEvent:
        // Not the widget's makeCurrent(): that binds the widget's framebuffer behind VTK's back.
        if (context && that->surface)
            context->makeCurrent(that->surface);
        break;
    case vtkCommand::WindowIsCurrentEvent:
        *static_cast<bool*>(callData) = context && QOpenGLContext::currentContext() == context &&
                                        surfaceOf(context) == that->surface;
        break;
    case vtkCommand::WindowFrameEvent:
        if (!that->widget->m_isPainting)
            that->widget->update();
        break;
    default:
        break;
    }
}

QSurfaceFormat VtkSurface::surfaceFormat()
{
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setRedBufferSize(8);
    format.setGreenBufferSize(8);
    format.setBlueBufferSize(8);
    format.setAlphaBufferSize(8);
    format.setDepthBufferSize(24);
    format.setStencilBufferSize(8);
    format.setSamples(0);
    return format;
}

void VtkSurface::prepareApplication()
{
    QSurfaceFormat::setDefaultFormat(surfaceFormat());
    QApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
}

bool VtkSurface::isSupported()
{
    static const bool isSupported = [] {
        const QString platform = QGuiApplication::platformName();
        if (platform == u"offscreen" || platform == u"minimal")
            return false;
        QOffscreenSurface surface;
        surface.setFormat(surfaceFormat());
        surface.create();
        QOpenGLContext context;
        context.setFormat(surfaceFormat());
        return context.create() && context.makeCurrent(&surface) &&
               context.format().version() >= qMakePair(3, 2);
    }();
    return isSupported;
}

VtkSurface::VtkSurface(QWidget* parent)
    : QOpenGLWidget(parent)
    , m_window(std::make_unique<Window>())
{
    setFormat(surfaceFormat());
    setUpdateBehavior(QOpenGLWidget::PartialUpdate); // a stroke changes a small part of the frame
    // Without a size hint a floating dock would make it 0 x 0.
    setMinimumSize(64, 64);
    m_window->widget = this;
    m_window->window->SetReadyForRendering(false);
    m_window->window->SetFrameBlitModeToNoBlit();
    m_window->window->SetOwnContext(0);
    m_window->window->SetMultiSamples(0);
    m_window->watch();
    // Also comes when the screen, and so the pixel ratio, changes.
    connect(this, &QOpenGLWidget::resized, this, &VtkSurface::adaptSize);
}

VtkSurface::~VtkSurface()
{
    closeGraphics();
}

void VtkSurface::closeGraphics()
{
    if (!context() || !m_window->surface)
        return;
    // Later, the destructor of QOpenGLWidget would call into what is gone.
    disconnect(context(), &QOpenGLContext::aboutToBeDestroyed, this, nullptr);
    makeCurrent();
    cleanUp();
    doneCurrent();
}

vtkGenericOpenGLRenderWindow* VtkSurface::renderWindow() const
{
    return m_window->window;
}

QSize VtkSurface::deviceSize() const
{
    const double ratio = devicePixelRatioF();
    return {qRound(width() * ratio), qRound(height() * ratio)};
}

void VtkSurface::initializeGL()
{
    m_window->surface = surfaceOf(context());
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &VtkSurface::closeGraphics,
            Qt::ConnectionType(Qt::DirectConnection | Qt::UniqueConnection));
    vtkGenericOpenGLRenderWindow* window = m_window->window;
    window->GetState()->Reset();
    window->GetState()->vtkglDepthFunc(GL_LEQUAL);
    window->SetForceMaximumHardwareLineWidth(1);
    window->SetReadyForRendering(true);
    window->OpenGLInitContext();
    // Else textures find no unit before the first frame.
    window->GetState()->Initialize(window);
    adaptSize();
}

void VtkSurface::adaptSize()
{
    const QSize size = deviceSize();
    m_window->window->SetSize(size.width(), size.height());
    m_window->window->SetDPI(qRound(72 * devicePixelRatioF()));
}

void VtkSurface::cleanUp()
{
    releaseGraphics();
    m_window->window->Finalize();
    m_window->window->SetReadyForRendering(false);
    m_window->surface = nullptr;
}

void VtkSurface::paintGL()
{
    if (m_isPainting || !m_window->window->GetReadyForRendering())
        return;
    m_isPainting = true;
    vtkOpenGLState* state = m_window->window->GetState();
    state->Reset();
    state->Push();
    state->vtkglDepthFunc(GL_LEQUAL);
    const QRect area = prepareFrame() & QRect(QPoint(), deviceSize());
    if (!area.isEmpty()) {
        m_window->window->Render();
        makeCurrent();
        copyToWidget(area);
    }
    state->Pop();
    m_isPainting = false;
}

void VtkSurface::copyToWidget(const QRect& area)
{
    // OpenGL counts rows from below.
    const int left = area.left();
    const int bottom = deviceSize().height() - 1 - area.bottom();
    const int right = left + area.width();
    const int top = bottom + area.height();
    QOpenGLExtraFunctions* gl = context()->extraFunctions();
    m_window->window->GetState()->vtkglBindFramebuffer(GL_DRAW_FRAMEBUFFER,
                                                       defaultFramebufferObject());
    const GLenum attachment = GL_COLOR_ATTACHMENT0;
    gl->glDrawBuffers(1, &attachment);
    gl->glEnable(GL_SCISSOR_TEST);
    gl->glScissor(left, bottom, area.width(), area.height());
    m_window->window->BlitDisplayFramebuffer(0, left, bottom, right, top, left, bottom, right, top,
                                             GL_COLOR_BUFFER_BIT, GL_NEAREST);
    // Qt blends the widget over the window: a translucent pixel would show what is behind.
    gl->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    gl->glClearColor(0, 0, 0, 1);
    gl->glClear(GL_COLOR_BUFFER_BIT);
    gl->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    gl->glDisable(GL_SCISSOR_TEST);
}

} // namespace emend
