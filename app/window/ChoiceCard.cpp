// SPDX-License-Identifier: Apache-2.0
#include "app/window/ChoiceCard.h"

#include "widgets/theme/ThemeColours.h"
#include "widgets/theme/ThemeIcon.h"

#include <QPainter>
#include <QPainterPath>

namespace emend {

namespace {

constexpr int marginPx = 12;
constexpr int pictureWidthPx = 84;
constexpr int iconPx = 32;

} // namespace

ChoiceCard::ChoiceCard(const QString& objectName, const QString& title, const QString& explanation,
                       QWidget* parent)
    : QAbstractButton(parent)
    , m_explanation(explanation)
{
    setObjectName(objectName);
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(explanation);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ChoiceCard::setIconName(const QString& name)
{
    m_iconName = name;
    update();
}

void ChoiceCard::setPicture(const QImage& picture)
{
    m_picture = picture;
    update();
}

void ChoiceCard::enterEvent(QEnterEvent*)
{
    update();
}

void ChoiceCard::leaveEvent(QEvent*)
{
    update();
}

void ChoiceCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    drawGround(painter);
    const QRect inner = rect().adjusted(marginPx, marginPx, -marginPx, -marginPx);
    const QRect left(inner.left(), inner.top(), pictureWidthPx, inner.height());
    drawPicture(painter, left);
    drawTexts(painter, inner.adjusted(pictureWidthPx + marginPx, 0, 0, 0));
}

void ChoiceCard::drawGround(QPainter& painter) const
{
    const ThemeColours& c = themeColours(palette());
    const bool isHot = isEnabled() && underMouse();
    painter.setPen(QPen(hasFocus() ? c.accentText : isHot ? c.border : c.divider, 1));
    painter.setBrush(isDown() ? c.controlPressed : isHot ? c.controlHover : c.control);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void ChoiceCard::drawPicture(QPainter& painter, const QRect& area) const
{
    const ThemeColours& c = themeColours(palette());
    if (m_picture.isNull()) {
        QRect place(0, 0, iconPx, iconPx);
        place.moveCenter(area.center());
        const QString name = m_iconName.isEmpty() ? QStringLiteral("stack") : m_iconName;
        const QColor colour = isEnabled() ? c.accentText : c.disabledText;
        painter.drawPixmap(place, themePixmap(name, iconPx, colour, devicePixelRatioF()));
        return;
    }
    QPainterPath shape;
    shape.addRoundedRect(area, 4, 4);
    painter.save();
    painter.setClipPath(shape);
    painter.setOpacity(isEnabled() ? 1 : 0.35);
    const QSize filled = m_picture.size().scaled(area.size(), Qt::KeepAspectRatioByExpanding);
    QRect place(QPoint(), filled);
    place.moveCenter(area.center());
    painter.drawImage(place, m_picture);
    painter.restore();
}

void ChoiceCard::drawTexts(QPainter& painter, const QRect& area) const
{
    const ThemeColours& c = themeColours(palette());
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(font().pointSizeF() * 1.1);
    const QFontMetrics titleMetrics(bold);
    const QRect room(0, 0, area.width(), 2 * fontMetrics().lineSpacing());
    const QRect lines = fontMetrics().boundingRect(room, Qt::TextWordWrap, m_explanation);
    const int height = titleMetrics.height() + 4 + lines.height();
    const int top = area.top() + std::max(0, (area.height() - height) / 2);

    painter.setFont(bold);
    painter.setPen(isEnabled() ? c.text : c.disabledText);
    painter.drawText(QRect(area.left(), top, area.width(), titleMetrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     titleMetrics.elidedText(text(), Qt::ElideMiddle, area.width()));
    painter.setFont(font());
    painter.setPen(isEnabled() ? c.secondaryText : c.disabledText);
    painter.drawText(QRect(area.left(), top + titleMetrics.height() + 4, area.width(),
                           area.bottom() - top - titleMetrics.height() - 3),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_explanation);
}

} // namespace emend
