// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/SliceRange.h"
#include "core/labels/SliceState.h"

#include <QAbstractSlider>

#include <vector>

namespace emend {

/// One bar a slice, with its state; click or drag to go there. Also the slider of the slices,
/// for the keyboard and for screen readers.
///
/// With more slices than pixels a bar stands for several, and shows the furthest of them.
/// Slices count from 0 here; the slider's own value counts from 1 as people do.
class SliceStrip : public QAbstractSlider
{
    Q_OBJECT

public:
    explicit SliceStrip(QWidget* parent = nullptr);

    /// Untouched slices; none hides the bars.
    void setSliceCount(int slices);

    int sliceCount() const { return int(m_states.size()); }

    void setState(int z, SliceState state);

    SliceState state(int z) const { return m_states[size_t(z)]; }

    void setHeldOut(const SliceRange& slices);
    void setSlice(int z);

    int slice() const { return value() - 1; }

    /// Bars that are drawn at this width.
    int barCount() const;

    /// Where a slice's bar is.
    QRectF barRect(int z) const;
    int sliceAt(QPointF position) const;

    /// "Slice 12: partly corrected"
    QString describe(int z) const;

    QSize sizeHint() const override { return {400, 40}; }

    QSize minimumSizeHint() const override { return {120, 40}; }

Q_SIGNALS:
    void sliceChosen(int z);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Bar
    {
        int first = 0;
        SliceState state = SliceState::untouched;
        bool isHeldOut = false;
    };

    QRectF area() const;
    int firstOfBar(int bar) const;
    Bar bar(int index) const;
    QRectF rectOfBar(int index) const;
    void drawBar(QPainter& painter, int index) const;
    void drawCurrent(QPainter& painter) const;

    std::vector<SliceState> m_states;
    std::vector<bool> m_isHeldOut;
    int m_wheelAngle = 0;
};

} // namespace emend
