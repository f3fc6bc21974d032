// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/SliceStrip.h"

#include "widgets/theme/ThemeColours.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr double narrowestBarPx = 3;
constexpr double widestBarPx = 40;
constexpr int anglePerNotch = 120;

double heightShare(SliceState state)
{
    switch (state) {
    case SliceState::untouched:
        return 0.2;
    case SliceState::predicted:
        return 0.45;
    case SliceState::partly:
        return 0.7;
    case SliceState::confirmed:
        break;
    }
    return 1;
}

QColor barColour(SliceState state, const ThemeColours& c)
{
    switch (state) {
    case SliceState::untouched:
        return c.border;
    case SliceState::predicted:
        return c.disabledText;
    case SliceState::partly:
        return c.accent;
    case SliceState::confirmed:
        break;
    }
    return c.accentText;
}

} // namespace

SliceStrip::SliceStrip(QWidget* parent)
    : QAbstractSlider(parent)
{
    setObjectName(QStringLiteral("sliceStrip"));
    setAccessibleName(tr("Slice"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setSliceCount(0);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        update();
        Q_EMIT sliceChosen(value - 1);
    });
}

void SliceStrip::setSliceCount(int slices)
{
    m_states.assign(size_t(slices), SliceState::untouched);
    m_isHeldOut.assign(size_t(slices), false);
    const QSignalBlocker blocker(this);
    setRange(1, std::max(1, slices));
    setValue(1);
    setPageStep(std::max(1, slices / 10));
    setEnabled(slices > 0);
    update();
}

void SliceStrip::setState(int z, SliceState state)
{
    if (std::exchange(m_states[size_t(z)], state) != state)
        update();
}

void SliceStrip::setHeldOut(const SliceRange& slices)
{
    std::fill(m_isHeldOut.begin(), m_isHeldOut.end(), false);
    for (int z : slices) {
        if (z < sliceCount())
            m_isHeldOut[size_t(z)] = true;
    }
    update();
}

void SliceStrip::setSlice(int z)
{
    const QSignalBlocker blocker(this);
    setValue(z + 1);
    update();
}

QRectF SliceStrip::area() const
{
    return QRectF(rect()).adjusted(12, 10, -12, -6);
}

int SliceStrip::barCount() const
{
    return std::min(sliceCount(), std::max(1, int(area().width() / narrowestBarPx)));
}

int SliceStrip::firstOfBar(int bar) const
{
    return int(qint64(bar) * sliceCount() / std::max(1, barCount()));
}

SliceStrip::Bar SliceStrip::bar(int index) const
{
    Bar result{firstOfBar(index)};
    for (int z = result.first; z < firstOfBar(index + 1); ++z) {
        result.state = std::max(result.state, m_states[size_t(z)]);
        result.isHeldOut = result.isHeldOut || m_isHeldOut[size_t(z)];
    }
    return result;
}

QRectF SliceStrip::rectOfBar(int index) const
{
    const QRectF all = area();
    const double step = std::min(widestBarPx, all.width() / std::max(1, barCount()));
    return {all.left() + index * step, all.top(), step, all.height()};
}

QRectF SliceStrip::barRect(int z) const
{
    int index = int(qint64(z) * barCount() / std::max(1, sliceCount()));
    while (index + 1 < barCount() && firstOfBar(index + 1) <= z)
        ++index;
    return rectOfBar(index);
}

int SliceStrip::sliceAt(QPointF position) const
{
    if (sliceCount() == 0)
        return -1;
    const double width = rectOfBar(0).width() * barCount();
    const double share = (position.x() - area().left()) / width;
    return std::clamp(int(std::floor(share * sliceCount())), 0, sliceCount() - 1);
}

QString SliceStrip::describe(int z) const
{
    const auto stateText = [this](SliceState state) {
        switch (state) {
        case SliceState::untouched:
            return tr("untouched");
        case SliceState::predicted:
            return tr("predicted");
        case SliceState::partly:
            return tr("partly corrected");
        case SliceState::confirmed:
            break;
        }
        return tr("confirmed");
    };
    const QString text = tr("Slice %L1: %2").arg(z + 1).arg(stateText(state(z)));
    return m_isHeldOut[size_t(z)] ? tr("%1, held out for the score").arg(text) : text;
}

bool SliceStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int z = sliceAt(help->pos());
    if (z >= 0)
        QToolTip::showText(help->globalPos(), describe(z), this);
    return true;
}

void SliceStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && sliceCount() > 0)
        setValue(sliceAt(event->position()) + 1);
}

void SliceStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton && sliceCount() > 0)
        setValue(sliceAt(event->position()) + 1);
}

void SliceStrip::wheelEvent(QWheelEvent* event)
{
    // As over the section: a notch is one slice, downwards is onwards.
    m_wheelAngle += event->angleDelta().y();
    const int notches = m_wheelAngle / anglePerNotch;
    m_wheelAngle -= notches * anglePerNotch;
    setValue(value() - notches);
    event->accept();
}

void SliceStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < barCount(); ++i)
        drawBar(painter, i);
    if (sliceCount() > 0)
        drawCurrent(painter);
}

void SliceStrip::drawBar(QPainter& painter, int index) const
{
    const ThemeColours& c = themeColours(palette());
    const Bar shown = bar(index);
    QRectF column = rectOfBar(index);
    column.setWidth(column.width() - std::min(2.0, column.width() / 3));
    QRectF filled = column;
    filled.setTop(column.bottom() - std::round(column.height() * heightShare(shown.state)));
    painter.setPen(Qt::NoPen);
    painter.setBrush(barColour(shown.state, c));
    const double round = std::min(1.5, filled.width() / 4);
    painter.drawRoundedRect(filled, round, round);
    if (shown.isHeldOut) {
        painter.setBrush(c.text);
        painter.drawEllipse(QPointF(column.center().x(), column.top() - 5), 2, 2);
    }
}

void SliceStrip::drawCurrent(QPainter& painter) const
{
    const ThemeColours& c = themeColours(palette());
    QRectF marked = barRect(slice());
    marked.setWidth(marked.width() - std::min(2.0, marked.width() / 3));
    const QRectF frame = marked.adjusted(-2, -2, 2, 2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? c.accentText : c.text, 1.5));
    painter.drawRoundedRect(frame, 2, 2);
}

} // namespace emend
