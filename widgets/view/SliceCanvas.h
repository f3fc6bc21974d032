// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/view/VtkSurface.h"

#include <QWidget>

#include <memory>

namespace emend {

class SliceFrame;

/// Shows a SliceFrame through VTK: one texture, of which only what changed is sent to the
/// graphics card and drawn.
class VtkSliceCanvas : public VtkSurface
{
    Q_OBJECT

public:
    /// The frame must outlive the canvas.
    explicit VtkSliceCanvas(SliceFrame& frame, QWidget* parent = nullptr);
    ~VtkSliceCanvas() override;

protected:
    QRect prepareFrame() override;
    void releaseGraphics() override;

private:
    struct Picture; // VTK's, in SliceCanvas.cpp

    void upload(const QImage& image, const QRect& area);

    SliceFrame& m_frame;
    std::unique_ptr<Picture> m_picture;
};

/// Shows a SliceFrame without OpenGL.
class RasterSliceCanvas : public QWidget
{
    Q_OBJECT

public:
    /// The frame must outlive the canvas.
    explicit RasterSliceCanvas(SliceFrame& frame, QWidget* parent = nullptr);

Q_SIGNALS:
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SliceFrame& m_frame;
};

} // namespace emend
