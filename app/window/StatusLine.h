// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/ClassTable.h"
#include "core/labels/Label.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;
class QToolButton;

namespace emend {

/// "Slice 12 of 30 · x 512 y 88 · grey 131 · inside (predicted) · 200 % · 4 × 4 × 50 nm · CPU,
/// 2 cores, fp32 · saved"
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// slices 0: nothing is open.
    void setSlice(int z, int slices);

    /// grey: -1 where not known yet.
    void setPixel(Pixel pixel, int grey, Label label, const ClassTable& classes);
    void clearPixel();
    void setZoom(double zoom);
    void setVoxelSize(VoxelSize size);
    void setDevice(const QString& text);

    /// "saved", "saving", or NOT SAVED with what is wrong.
    enum class Saving { saved, saving, notSaved, readOnly };
    void setSaving(Saving saving, const QString& problem = {});

    /// What was done, for some seconds.
    void tell(const QString& text) { showMessage(text, 6000); }

    static QString voxelSizeText(VoxelSize size);

Q_SIGNALS:
    void voxelSizeClicked();

private:
    void showPositionSoon();
    void showPosition();

    QLabel* m_position;
    QLabel* m_zoom;
    QToolButton* m_voxelSize;
    QLabel* m_device;
    QLabel* m_saving;
    QString m_slice;
    QString m_pixel;
    QTimer m_soon; ///< runs while a new position waits to be shown
};

} // namespace emend
