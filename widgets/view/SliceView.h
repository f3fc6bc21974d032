// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/Project.h"
#include "widgets/view/SliceFrame.h"
#include "widgets/view/SliceScene.h"
#include "widgets/view/SliceTransform.h"

#include <QPointer>
#include <QWidget>

namespace emend {

class SliceNavigator;
class ToolBox;
struct ToolEvent;

/// Shows one slice of a project with its labels, and lets the tool in hand change them.
///
/// Drawn by VTK where there is OpenGL, else by Qt. Wheel, keys and panning are the
/// SliceNavigator's. GUI thread only; project and tool box belong to others and may go first.
class SliceView : public QWidget
{
    Q_OBJECT

public:
    explicit SliceView(QWidget* parent = nullptr);
    ~SliceView() override;

    /// Starts at the first slice, fitted to the view, with a contrast of its own. Null shows
    /// nothing.
    void setProject(Project* project);

    Project* project() const { return m_project; }

    void setToolBox(ToolBox* toolBox);

    ToolBox* toolBox() const { return m_toolBox; }

    /// Whether tools may change the project; else a press of theirs is refused().
    void setEditable(bool isEditable) { m_isEditable = isEditable; }

    int slice() const { return m_scene.slice(); }

    int sliceCount() const { return m_project ? m_project->size().slices : 0; }

    const SliceTransform& transform() const { return m_transform; }

    void setTransform(const SliceTransform& transform);

    /// Device pixels of one slice pixel.
    double zoom() const { return m_transform.zoom(); }

    /// The whole slice is shown, also when the window's size changes.
    bool fitsWindow() const { return m_fitsWindow; }

    const Contrast& contrast() const { return m_scene.contrast(); }

    double overlayOpacity() const { return m_scene.overlayOpacity(); }

    bool isOverlayVisible() const { return m_scene.isOverlayVisible(); }

    bool isDoubtVisible() const { return m_scene.isDoubtVisible(); }

    /// Shown in the place of the project's labels, which tools cannot change meanwhile: a press of
    /// theirs is refused(). Null: the project's own.
    void setStandIn(std::shared_ptr<const StandInLabels> standIn);

    /// Draws a thin frame around these pixels of the slice shown, and a dashed circle around its
    /// crux, until another is set; empty: none.
    void setFrame(std::optional<Rect> pixels, std::optional<Rect> crux = {});

    bool hasStandIn() const { return m_scene.hasStandIn(); }

    /// The classes of the labels that are shown, with a project only.
    const ClassTable& shownClasses() const { return m_scene.classes(); }

    /// A position of the widget (in Qt's pixels) in device pixels.
    QPointF deviceFromWidget(QPointF position) const;
    Pixel pixelAt(QPointF widgetPosition) const;

    /// Where the middle of a slice's pixel lies in the widget.
    QPointF widgetFromPixel(Pixel pixel) const;

    /// What is on the screen, for a project's picture.
    QImage picture();

    QSize sizeHint() const override { return {800, 600}; }

public Q_SLOTS:
    /// Clipped to the stack. A stroke on the slice shown so far ends.
    void setSlice(int z);
    void setZoom(double zoom);
    void fitToWindow();
    void centreOn(emend::Pixel pixel);
    void setContrast(const emend::Contrast& contrast);
    void chooseContrast();
    void setOverlayOpacity(double opacity);
    void setOverlayVisible(bool isVisible);

    /// Tints what the model is unsure of.
    void setDoubtVisible(bool isVisible) { m_scene.setDoubtVisible(isVisible); }

    void setSurround(const QColor& colour);

Q_SIGNALS:
    void sliceChanged(int z);
    void zoomChanged(double zoom);

    /// Another part of the slice is shown, or at another zoom.
    void transformChanged();
    void contrastChanged(const emend::Contrast& contrast);
    void overlayOpacityChanged(double opacity);
    void overlayVisibleChanged(bool isVisible);

    /// The pointer is over that pixel of the slice; grey is -1 until it has been read.
    void cursorMoved(emend::Pixel pixel, int grey, emend::Label label);
    void cursorLeft();

    /// A frame with all changes so far is on the screen.
    void framePresented();

    /// A tool was used where nothing may be changed.
    void refused();

    /// A slice cannot be read any more.
    void failed(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void makeCanvas();
    void adaptViewport();
    void showTransform();
    void updateScaleBar();
    void updateCursor();
    void updateOutline();
    void updateFrame();
    void announceCursor(Pixel pixel);
    void pickClass(Pixel pixel);
    void leaveTool();
    ToolEvent toolEvent(const QMouseEvent& event) const;

    QPointer<Project> m_project;
    QPointer<ToolBox> m_toolBox;
    SliceTransform m_transform;
    SliceScene m_scene;
    SliceFrame m_frame{m_scene};
    QWidget* m_canvas = nullptr;
    SliceNavigator* m_navigator = nullptr;
    std::optional<Rect> m_framed;
    std::optional<Rect> m_crux;       ///< within m_framed
    std::optional<QPointF> m_pointer; ///< in device pixels, while over the view
    Qt::MouseButton m_toolButton = Qt::NoButton;
    bool m_isEditable = true;
    bool m_fitsWindow = true; ///< until the user zooms or pans
};

} // namespace emend
