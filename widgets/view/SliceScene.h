// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/Project.h"
#include "widgets/view/Contrast.h"
#include "widgets/view/DoubtLayer.h"
#include "widgets/view/GreyLayer.h"
#include "widgets/view/LabelOverlay.h"
#include "widgets/view/SliceTransform.h"

#include <QColor>
#include <QImage>
#include <QObject>
#include <QPointer>

#include <memory>
#include <vector>

namespace emend {

/// Labels with their classes that are shown for a while in the place of a project's.
struct StandInLabels
{
    LabelVolume labels; ///< of the project's size
    ClassTable classes;
    double leastOpacity = 0; ///< however faint the user has made the overlay
};

/// The picture of one slice with its labels, composed at screen resolution.
///
/// Only what is on the screen is touched, and of that only what changed, so that the cost grows
/// neither with the slice nor with the stack. Needs no OpenGL. Lives on the GUI thread.
class SliceScene : public QObject
{
    Q_OBJECT

public:
    explicit SliceScene(QObject* parent = nullptr);

    /// The project must outlive its stay here; null shows nothing.
    void setProject(Project* project);

    void setSlice(int z);

    int slice() const { return m_z; }

    void setTransform(const SliceTransform& transform, double devicePixelRatio = 1);

    const SliceTransform& transform() const { return m_transform; }

    const Contrast& contrast() const { return m_contrast; }

    void setContrast(Contrast contrast);

    /// Chooses the contrast by what is visible, as soon as it is there.
    void chooseContrast();

    double overlayOpacity() const { return m_opacity; }

    void setOverlayOpacity(double opacity);

    bool isOverlayVisible() const { return m_isOverlayVisible; }

    void setOverlayVisible(bool isVisible);

    /// Where the model is unsure, over the labels that nobody decided about.
    bool isDoubtVisible() const { return m_isDoubtVisible; }

    void setDoubtVisible(bool isVisible);

    /// Shown in the place of the project's labels, and without any doubt; null: the project's own.
    void setStandIn(std::shared_ptr<const StandInLabels> standIn);

    bool hasStandIn() const { return m_standIn != nullptr; }

    /// The labels that are shown, with a project only.
    const LabelVolume& labels() const
    {
        return m_standIn ? m_standIn->labels : m_project->labels();
    }

    const ClassTable& classes() const
    {
        return m_standIn ? m_standIn->classes : m_project->classes();
    }

    /// What is shown beside the slice.
    void setSurround(QColor colour);

    /// Brings image() up to date; returns what changed in it.
    Rect compose();

    /// The viewport's pixels (QImage::Format_RGB32).
    const QImage& image() const { return m_image; }

    /// -1 until it has been read; asks for it.
    int greyAt(Pixel pixel) { return m_grey.greyAt(pixel); }

    /// All grey pixels were there at the last compose().
    bool isComplete() const { return m_grey.isComplete(); }

Q_SIGNALS:
    /// compose() has something to do.
    void changed();
    void contrastChanged(const emend::Contrast& contrast);
    void failed(const QString& text);

private:
    void onGreyArrived();
    void onLabelsChanged(int z, Rect pixels);
    void onPredictionChanged();
    void updateOverlay();
    double shownOpacity() const;
    void updateGrey();
    void markAll();
    void composeGrey(Rect area);
    void composeLabels(Rect area);
    void composeDoubt(Rect area);
    Rect sliceArea() const;

    quint32* pixelRow(int y) { return reinterpret_cast<quint32*>(m_image.scanLine(y)); }

    QPointer<Project> m_project;
    SliceTransform m_transform;
    double m_devicePixelRatio = 1;
    int m_z = 0;
    Contrast m_contrast;
    bool m_choosesContrast = false;
    double m_opacity = 0.4;
    bool m_isOverlayVisible = true;
    bool m_isDoubtVisible = false;
    std::shared_ptr<const StandInLabels> m_standIn;
    quint32 m_surround = 0xff2b2b2b;

    GreyLayer m_grey;
    LabelOverlay m_overlay;
    DoubtLayer m_doubt;
    std::vector<quint8> m_shades;
    QImage m_image;
    bool m_isGreyStale = true;
    Rect m_dirty; ///< in screen pixels
};

} // namespace emend
