// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceCanvas.h"

#include "widgets/view/SliceFrame.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QPainter>

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkRenderer.h>
#include <vtkTextureObject.h>

namespace emend {

/// A rectangle that fills the renderer's part of the viewport, covered by that part of the texture.
struct VtkSliceCanvas::Picture
{
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkActor2D> actor;
    vtkNew<vtkPolyDataMapper2D> mapper;
    vtkNew<vtkPoints> corners;
    vtkNew<vtkFloatArray> positions; ///< of the corners in the texture
    vtkNew<vtkPolyData> rectangle;
    vtkNew<vtkInformation> keys;
    vtkNew<vtkTextureObject> pixels;
    QSize size;

    Picture();
    void resize(QSize newSize, vtkGenericOpenGLRenderWindow* window);
    void show(const QRect& area);
};

VtkSliceCanvas::Picture::Picture()
{
    corners->SetNumberOfPoints(4);
    positions->SetNumberOfComponents(2);
    positions->SetNumberOfTuples(4);
    vtkNew<vtkCellArray> cells;
    cells->InsertNextCell({0, 1, 2, 3});
    rectangle->SetPoints(corners);
    rectangle->SetPolys(cells);
    rectangle->GetPointData()->SetTCoords(positions);
    mapper->SetInputData(rectangle);
    actor->SetMapper(mapper);
    actor->SetPropertyKeys(keys);
    renderer->AddActor2D(actor);
    renderer->SetBackground(0, 0, 0);
    pixels->SetMinificationFilter(vtkTextureObject::Nearest);
    pixels->SetMagnificationFilter(vtkTextureObject::Nearest);
}

void VtkSliceCanvas::Picture::resize(QSize newSize, vtkGenericOpenGLRenderWindow* window)
{
    size = newSize;
    pixels->SetContext(window);
    pixels->Allocate2D(unsigned(newSize.width()), unsigned(newSize.height()), 4, VTK_UNSIGNED_CHAR);
}

/// Only this part of the viewport is drawn in the next frame.
void VtkSliceCanvas::Picture::show(const QRect& area)
{
    const double left = double(area.left()) / size.width();
    const double right = double(area.right() + 1) / size.width();
    const double top = double(area.top()) / size.height();
    const double bottom = double(area.bottom() + 1) / size.height();
    renderer->SetViewport(left, 1 - bottom, right, 1 - top); // counted from below
    corners->SetPoint(0, 0, 0, 0);
    corners->SetPoint(1, area.width(), 0, 0);
    corners->SetPoint(2, area.width(), area.height(), 0);
    corners->SetPoint(3, 0, area.height(), 0);
    corners->Modified();
    // The image's first row is the upper one, the texture's the lower one.
    positions->SetTuple2(0, left, bottom);
    positions->SetTuple2(1, right, bottom);
    positions->SetTuple2(2, right, top);
    positions->SetTuple2(3, left, top);
    positions->Modified();
    rectangle->Modified();
}

VtkSliceCanvas::VtkSliceCanvas(SliceFrame& frame, QWidget* parent)
    : VtkSurface(parent)
    , m_frame(frame)
    , m_picture(std::make_unique<Picture>())
{
    renderWindow()->AddRenderer(m_picture->renderer);
}

VtkSliceCanvas::~VtkSliceCanvas()
{
    closeGraphics();
}

void VtkSliceCanvas::releaseGraphics()
{
    m_picture->pixels->Deactivate();
    m_picture->pixels->ReleaseGraphicsResources(renderWindow());
    m_picture->size = {};
}

QRect VtkSliceCanvas::prepareFrame()
{
    QRegion changed = m_frame.update();
    const QImage& image = m_frame.image();
    if (image.isNull())
        return {};
    if (m_picture->size != image.size()) {
        m_picture->resize(image.size(), renderWindow());
        changed = image.rect();
    }
    // A vtkTexture would send the whole image each time; so the mapper is told where to find ours.
    m_picture->pixels->Activate();
    m_picture->keys->Set(vtkProp::GeneralTextureUnit(), m_picture->pixels->GetTextureUnit());
    for (const QRect& area : changed)
        upload(image, area);
    if (!changed.isEmpty())
        m_picture->show(changed.boundingRect());
    return changed.boundingRect();
}

void VtkSliceCanvas::upload(const QImage& image, const QRect& area)
{
    QOpenGLFunctions* gl = context()->functions();
    gl->glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    gl->glPixelStorei(GL_UNPACK_ROW_LENGTH, GLint(image.bytesPerLine() / 4));
    gl->glTexSubImage2D(GL_TEXTURE_2D, 0, area.x(), area.y(), area.width(), area.height(), GL_BGRA,
                        GL_UNSIGNED_INT_8_8_8_8_REV,
                        image.constScanLine(area.y()) + qsizetype(area.x()) * 4);
    gl->glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

RasterSliceCanvas::RasterSliceCanvas(SliceFrame& frame, QWidget* parent)
    : QWidget(parent)
    , m_frame(frame)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void RasterSliceCanvas::paintEvent(QPaintEvent*)
{
    m_frame.update();
    QPainter painter(this);
    painter.drawImage(QRectF(rect()), m_frame.image());
    Q_EMIT painted();
}

} // namespace emend
