// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceView.h"

#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceCanvas.h"
#include "widgets/view/SliceNavigator.h"

#include <QMouseEvent>

#include <algorithm>

namespace emend {

SliceView::SliceView(QWidget* parent)
    : QWidget(parent)
    , m_navigator(new SliceNavigator(*this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
    setMinimumSize(64, 64);
    makeCanvas();
    connect(&m_scene, &SliceScene::changed, m_canvas, qOverload<>(&QWidget::update));
    connect(&m_scene, &SliceScene::contrastChanged, this, &SliceView::contrastChanged);
    connect(&m_scene, &SliceScene::failed, this, &SliceView::failed);
}

SliceView::~SliceView()
{
    // Both use members of this view: they have to go first.
    delete m_navigator;
    delete m_canvas;
}

void SliceView::makeCanvas()
{
    if (VtkSurface::isSupported()) {
        auto* canvas = new VtkSliceCanvas(m_frame, this);
        connect(canvas, &QOpenGLWidget::frameSwapped, this, &SliceView::framePresented);
        connect(canvas, &QOpenGLWidget::resized, this, &SliceView::adaptViewport);
        m_canvas = canvas;
    } else {
        auto* canvas = new RasterSliceCanvas(m_frame, this);
        connect(canvas, &RasterSliceCanvas::painted, this, &SliceView::framePresented,
                Qt::QueuedConnection);
        m_canvas = canvas;
    }
    m_canvas->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void SliceView::setProject(Project* project)
{
    leaveTool();
    if (m_project)
        disconnect(m_project, nullptr, this, nullptr);
    m_project = project;
    m_framed.reset();
    m_transform.setSliceSize(0, 0);
    m_fitsWindow = true;
    if (project) {
        m_transform.setSliceSize(project->size().width, project->size().height);
        connect(project, &Project::voxelSizeChanged, this, &SliceView::updateScaleBar);
    }
    m_scene.setProject(project);
    updateScaleBar();
    showTransform();
    Q_EMIT sliceChanged(0);
}

void SliceView::setToolBox(ToolBox* toolBox)
{
    leaveTool();
    if (m_toolBox)
        disconnect(m_toolBox, nullptr, this, nullptr);
    m_toolBox = toolBox;
    if (!toolBox)
        return;
    connect(toolBox, &ToolBox::radiusChanged, this, &SliceView::updateCursor);
    connect(toolBox, &ToolBox::toolChanged, this, &SliceView::updateCursor);
    connect(toolBox, &ToolBox::outlineChanged, this, &SliceView::updateOutline);
}

void SliceView::setSlice(int z)
{
    const int shown = std::clamp(z, 0, std::max(0, sliceCount() - 1));
    if (shown == slice())
        return;
    leaveTool();
    m_scene.setSlice(shown);
    Q_EMIT sliceChanged(shown);
    if (m_pointer)
        announceCursor(m_transform.pixelAt(*m_pointer));
}

void SliceView::leaveTool()
{
    m_toolButton = Qt::NoButton;
    if (m_toolBox)
        m_toolBox->currentTool().finish();
}

void SliceView::setTransform(const SliceTransform& transform)
{
    m_fitsWindow = false;
    m_transform = transform;
    showTransform();
}

void SliceView::setZoom(double zoom)
{
    SliceTransform transform = m_transform;
    transform.zoomAtCentre(zoom);
    setTransform(transform);
}

void SliceView::fitToWindow()
{
    m_transform.fit();
    m_fitsWindow = true;
    showTransform();
}

void SliceView::centreOn(Pixel pixel)
{
    SliceTransform transform = m_transform;
    transform.centreOn(QPointF(pixel.x + 0.5, pixel.y + 0.5));
    setTransform(transform);
}

void SliceView::showTransform()
{
    const double shownZoom = m_scene.transform().zoom();
    m_frame.setDevicePixelRatio(devicePixelRatioF());
    m_scene.setTransform(m_transform, devicePixelRatioF());
    updateCursor();
    updateOutline();
    updateFrame();
    Q_EMIT transformChanged();
    if (shownZoom != m_transform.zoom())
        Q_EMIT zoomChanged(m_transform.zoom());
}

void SliceView::setContrast(const Contrast& contrast)
{
    m_scene.setContrast(contrast);
}

void SliceView::chooseContrast()
{
    m_scene.chooseContrast();
}

void SliceView::setOverlayOpacity(double opacity)
{
    const double allowed = std::clamp(opacity, 0.0, 1.0);
    if (allowed == overlayOpacity())
        return;
    m_scene.setOverlayOpacity(allowed);
    Q_EMIT overlayOpacityChanged(allowed);
}

void SliceView::setOverlayVisible(bool isVisible)
{
    if (isVisible == isOverlayVisible())
        return;
    m_scene.setOverlayVisible(isVisible);
    Q_EMIT overlayVisibleChanged(isVisible);
}

void SliceView::setStandIn(std::shared_ptr<const StandInLabels> standIn)
{
    leaveTool();
    m_scene.setStandIn(std::move(standIn));
}

void SliceView::setSurround(const QColor& colour)
{
    m_scene.setSurround(colour);
}

QPointF SliceView::deviceFromWidget(QPointF position) const
{
    return position * devicePixelRatioF();
}

Pixel SliceView::pixelAt(QPointF widgetPosition) const
{
    return m_transform.pixelAt(deviceFromWidget(widgetPosition));
}

QPointF SliceView::widgetFromPixel(Pixel pixel) const
{
    return m_transform.screenFromSlice(QPointF(pixel.x + 0.5, pixel.y + 0.5)) / devicePixelRatioF();
}

QImage SliceView::picture()
{
    m_frame.update();
    return m_frame.image();
}

void SliceView::resizeEvent(QResizeEvent*)
{
    m_canvas->setGeometry(rect());
    adaptViewport();
}

void SliceView::adaptViewport()
{
    const double ratio = devicePixelRatioF();
    m_transform.setViewport(QSize(qRound(width() * ratio), qRound(height() * ratio)));
    if (m_fitsWindow)
        m_transform.fit();
    showTransform();
}

void SliceView::updateScaleBar()
{
    m_frame.setPixelNm(m_project ? m_project->voxelSize().xNm : 0);
    m_canvas->update();
}

void SliceView::updateCursor()
{
    std::optional<CursorCircle> circle;
    const int radiusPx = m_toolBox ? m_toolBox->currentTool().cursorRadiusPx() : -1;
    if (m_pointer && radiusPx > 0) {
        // Around the middle of the pixel, as the disk that will be painted.
        const Pixel pixel = m_transform.pixelAt(*m_pointer);
        const QPointF centre = m_transform.screenFromSlice(QPointF(pixel.x + 0.5, pixel.y + 0.5));
        circle = CursorCircle{centre, std::max(2.0, (radiusPx - 0.5) * zoom())};
    }
    m_frame.setCursor(circle);
    m_canvas->update();
}

void SliceView::updateOutline()
{
    QPolygonF outline;
    if (m_toolBox) {
        for (const QPointF& corner : m_toolBox->currentTool().outline())
            outline << m_transform.screenFromSlice(corner);
    }
    m_frame.setOutline(outline);
    m_canvas->update();
}

void SliceView::setFrame(std::optional<Rect> pixels, std::optional<Rect> crux)
{
    if (pixels == m_framed && crux == m_crux)
        return;
    m_framed = pixels;
    m_crux = crux;
    updateFrame();
}

void SliceView::updateFrame()
{
    const auto onScreen = [this](const std::optional<Rect>& pixels) {
        if (!pixels)
            return QRectF();
        return QRectF(m_transform.screenFromSlice(QPointF(pixels->x, pixels->y)),
                      m_transform.screenFromSlice(QPointF(pixels->right(), pixels->bottom())));
    };
    m_frame.setPlace(onScreen(m_framed), onScreen(m_crux));
    m_canvas->update();
}

void SliceView::announceCursor(Pixel pixel)
{
    if (!m_project || !m_project->size().sliceRect().contains(pixel)) {
        Q_EMIT cursorLeft();
        return;
    }
    Q_EMIT cursorMoved(pixel, m_scene.greyAt(pixel), m_scene.labels().at(pixel, slice()));
}

void SliceView::pickClass(Pixel pixel)
{
    const Label label = m_project->labels().at(pixel, slice());
    if (label.classIndex() > 0)
        m_toolBox->setCurrentClass(label.classIndex());
}

ToolEvent SliceView::toolEvent(const QMouseEvent& event) const
{
    const QPointF position = m_transform.sliceFromScreen(deviceFromWidget(event.position()));
    return {m_project,    slice(),          position, pixelAt(event.position()),
            m_toolButton, event.modifiers()};
}

void SliceView::mousePressEvent(QMouseEvent* event)
{
    const bool isToolButton =
        event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (!m_project || !m_toolBox || !isToolButton || m_toolButton != Qt::NoButton)
        return;
    if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier &&
        !hasStandIn()) {
        pickClass(pixelAt(event->position()));
        return;
    }
    if (!m_isEditable || hasStandIn())
        return Q_EMIT refused();
    m_toolButton = event->button();
    m_toolBox->currentTool().press(toolEvent(*event));
}

void SliceView::mouseMoveEvent(QMouseEvent* event)
{
    m_pointer = deviceFromWidget(event->position());
    if (m_project && m_toolBox)
        m_toolBox->currentTool().move(toolEvent(*event));
    updateCursor();
    announceCursor(pixelAt(event->position()));
}

void SliceView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_project || !m_toolBox || event->button() != m_toolButton)
        return;
    m_toolBox->currentTool().release(toolEvent(*event));
    m_toolButton = Qt::NoButton;
}

void SliceView::leaveEvent(QEvent*)
{
    m_pointer.reset();
    updateCursor();
    Q_EMIT cursorLeft();
}

} // namespace emend
