// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/EmendStyle.h"

#include "widgets/theme/ThemeColours.h"

#include <QAbstractButton>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace emend {

namespace {

constexpr double radiusPx = 4;
constexpr int controlHeightPx = 28;
constexpr int chevronWidthPx = 24;
constexpr int sliderHandlePx = 14;
constexpr const char* filledProperty = "emendFilled";
constexpr const char* quietProperty = "emendQuiet";

bool isOn(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state & flag;
}

/// Half a pixel inwards, so that a line of one pixel lies on pixels.
QRectF lineRect(const QRect& rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawRounded(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& line,
                 double radius = radiusPx)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

void drawButton(QPainter& painter, const QStyleOption& option, bool fills)
{
    const ThemeColours& c = themeColours(option.palette);
    const bool isEnabled = isOn(option, QStyle::State_Enabled);
    const bool isDown = isOn(option, QStyle::State_Sunken) || isOn(option, QStyle::State_On);
    const bool isHovered = isEnabled && isOn(option, QStyle::State_MouseOver);
    const QRectF rect = lineRect(option.rect);
    if (fills && isEnabled) {
        const QColor fill = isDown ? c.accentPressed : isHovered ? c.accentHover : c.accent;
        drawRounded(painter, rect, fill, fill);
    } else {
        const QColor fill = isDown ? c.controlPressed : isHovered ? c.controlHover : QColor();
        drawRounded(painter, rect, fill, isEnabled ? c.border : c.divider);
    }
}

void drawToolButton(QPainter& painter, const QStyleOption& option, bool isQuiet)
{
    const ThemeColours& c = themeColours(option.palette);
    const QRectF rect = lineRect(option.rect);
    if (isOn(option, QStyle::State_On) && !isQuiet) {
        QColor fill = c.accent;
        fill.setAlphaF(isOn(option, QStyle::State_Enabled) ? 0.35f : 0.15f);
        drawRounded(painter, rect, fill, c.accentText);
    } else if (isOn(option, QStyle::State_Sunken)) {
        drawRounded(painter, rect, c.controlPressed, QColor());
    } else if (isOn(option, QStyle::State_MouseOver) && isOn(option, QStyle::State_Enabled)) {
        drawRounded(painter, rect, c.controlHover, QColor());
    }
}

void drawField(QPainter& painter, const QStyleOption& option)
{
    const ThemeColours& c = themeColours(option.palette);
    const bool isEnabled = isOn(option, QStyle::State_Enabled);
    const bool hasFocus = isEnabled && isOn(option, QStyle::State_HasFocus);
    const bool isHovered = isEnabled && isOn(option, QStyle::State_MouseOver);
    const QColor line = hasFocus ? c.accentText : isEnabled ? c.border : c.divider;
    drawRounded(painter, lineRect(option.rect), isHovered ? c.controlHover : c.control, line);
}

enum class Direction { up, down };

void drawChevron(QPainter& painter, const QRectF& area, Direction direction, const QColor& colour)
{
    const QPointF centre = area.center();
    const double rise = direction == Direction::down ? 2 : -2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{centre + QPointF(-4, -rise), centre + QPointF(0, rise),
                                   centre + QPointF(4, -rise)});
    painter.restore();
}

QColor textColour(const QStyleOption& option)
{
    const ThemeColours& c = themeColours(option.palette);
    return isOn(option, QStyle::State_Enabled) ? c.text : c.disabledText;
}

void drawSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove,
                const QRect& handle)
{
    const ThemeColours& c = themeColours(option.palette);
    const bool isEnabled = isOn(option, QStyle::State_Enabled);
    const QPointF centre = QRectF(handle).center();
    const QRectF line(groove.left(), centre.y() - 2, groove.width(), 4);
    const QRectF done(line.left(), line.top(), centre.x() - line.left(), 4);
    drawRounded(painter, line, isEnabled ? c.border : c.divider, QColor(), 2);
    if (isEnabled)
        drawRounded(painter, option.upsideDown ? line : done, c.accent, QColor(), 2);
    const double radius = sliderHandlePx / 2.0 - 1;
    const QRectF knob(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    const bool hasFocus = isOn(option, QStyle::State_HasFocus);
    if (hasFocus)
        drawRounded(painter, knob.adjusted(-1, -1, 1, 1), QColor(), c.accentText, radius + 1);
    const QColor fill = isEnabled ? QColor(0xf4, 0xf4, 0xf4) : c.disabledText;
    drawRounded(painter, knob, fill, isEnabled ? c.accent : QColor(), radius);
}

void drawFocusRing(QPainter& painter, const QStyleOption& option)
{
    const QColor colour = themeColours(option.palette).accentText;
    drawRounded(painter, lineRect(option.rect), QColor(), colour);
}

void drawMenuBarItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    const ThemeColours& c = themeColours(option.palette);
    const bool isOpen = isOn(option, QStyle::State_Selected) || isOn(option, QStyle::State_Sunken);
    painter.fillRect(option.rect, c.window);
    if (isOpen && isOn(option, QStyle::State_Enabled))
        drawRounded(painter, lineRect(option.rect).adjusted(1, 2, -1, -2), c.controlHover,
                    QColor());
    painter.setPen(textColour(option));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                     option.text);
}

void fillRect(QPainter& painter, const QRect& rect, const QColor& colour)
{
    painter.fillRect(rect, colour);
}

void drawResizeHandle(QPainter& painter, const QStyleOption& option)
{
    const QRect r = option.rect;
    const QColor line = themeColours(option.palette).divider;
    if (r.width() > r.height())
        painter.fillRect(QRect(r.left(), r.center().y(), r.width(), 1), line);
    else
        painter.fillRect(QRect(r.center().x(), r.top(), 1, r.height()), line);
}

void drawCheckBox(QPainter& painter, const QStyleOption& option)
{
    const ThemeColours& c = themeColours(option.palette);
    const bool isTicked = isOn(option, QStyle::State_On);
    const QRectF box = lineRect(option.rect);
    drawRounded(painter, box, isTicked ? c.accent : c.control, isTicked ? c.accent : c.border, 3);
    if (!isTicked)
        return;
    const auto at = [&box](double x, double y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.onAccent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at(0.25, 0.5), at(0.43, 0.7), at(0.77, 0.32)});
    painter.restore();
}

} // namespace

EmendStyle::EmendStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

int EmendStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                            const QWidget* widget) const
{
    switch (metric) {
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return 20;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 20;
    case PM_SliderLength:
        return sliderHandlePx;
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_DockWidgetFrameWidth:
    case PM_ToolBarFrameWidth:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarHandleExtent:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ToolBarItemMargin:
    case PM_ToolBarItemSpacing:
        return 4;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int EmendStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* returnData) const
{
    if (hint == SH_Slider_AbsoluteSetButtons)
        return Qt::LeftButton; // a click goes there
    if (hint == SH_ComboBox_Popup)
        return 0;
    if (hint == SH_FormLayoutLabelAlignment)
        return Qt::AlignLeft | Qt::AlignVCenter;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

QSize EmendStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                   const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int lineHeight = option ? option->fontMetrics.height() : 0;
    switch (type) {
    case CT_PushButton:
    case CT_ComboBox:
    case CT_SpinBox:
    case CT_LineEdit:
        result.setHeight(std::max(controlHeightPx, lineHeight + 10));
        break;
    case CT_MenuBarItem:
        result += QSize(4, 6);
        break;
    default:
        break;
    }
    return result;
}

QRect EmendStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                 SubControl subControl, const QWidget* widget) const
{
    const QRect r = option->rect;
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visualRect(option->direction, r, r.adjusted(8, 2, -chevronWidthPx, -2));
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return visualRect(option->direction, r, r.adjusted(r.width() - chevronWidthPx, 0, 0, 0));
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void EmendStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                               QPainter* painter, const QWidget* widget) const
{
    const ThemeColours& c = themeColours(option->palette);
    switch (element) {
    case PE_PanelButtonCommand:
        return drawButton(*painter, *option, isFilled(widget));
    case PE_PanelButtonTool:
        return drawToolButton(*painter, *option,
                              widget && widget->property(quietProperty).toBool());
    case PE_PanelLineEdit:
        // Without a frame it is part of something that draws its own (a spin box, a class's row).
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->lineWidth == 0)
            return;
        return drawField(*painter, *option);
    case PE_FrameLineEdit:
        return drawField(*painter, *option);
    case PE_IndicatorCheckBox:
        return drawCheckBox(*painter, *option);
    case PE_FrameFocusRect:
        return drawFocusRing(*painter, *option);
    case PE_IndicatorDockWidgetResizeHandle:
        return drawResizeHandle(*painter, *option);
    case PE_PanelMenuBar:
    case PE_PanelStatusBar:
    case PE_PanelToolBar:
        return fillRect(*painter, option->rect, c.window);
    case PE_FrameStatusBarItem:
    case PE_FrameDockWidget:
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
        return drawChevron(*painter, option->rect,
                           element == PE_IndicatorArrowUp ? Direction::up : Direction::down,
                           textColour(*option));
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void EmendStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const
{
    const ThemeColours& c = themeColours(option->palette);
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button && isFilled(widget)) {
            QStyleOptionButton filled = *button;
            filled.palette.setColor(QPalette::Active, QPalette::ButtonText, c.onAccent);
            filled.palette.setColor(QPalette::Inactive, QPalette::ButtonText, c.onAccent);
            return QProxyStyle::drawControl(element, &filled, painter, widget);
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            const QRect room =
                proxy()->subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget);
            QStyleOptionComboBox fitting = *box;
            fitting.currentText =
                box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room.width() - 4);
            return QProxyStyle::drawControl(element, &fitting, painter, widget);
        }
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            drawMenuBarItem(*painter, *item);
        return;
    case CE_MenuBarEmptyArea:
    case CE_ToolBar:
        return fillRect(*painter, option->rect, c.window);
    case CE_ProgressBarGroove:
        return drawRounded(*painter, option->rect, c.divider, QColor(), 2);
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            QRectF done = bar->rect;
            const double range = std::max(1, bar->maximum - bar->minimum);
            done.setWidth(done.width() * (bar->progress - bar->minimum) / range);
            if (done.width() >= 1)
                drawRounded(*painter, done, c.accentText, QColor(), 2);
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void EmendStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                    QPainter* painter, const QWidget* widget) const
{
    const auto rectOf = [&](SubControl part) {
        return proxy()->subControlRect(control, option, part, widget);
    };
    const QColor chevron = textColour(*option);
    switch (control) {
    case CC_ComboBox:
        drawField(*painter, *option);
        return drawChevron(*painter, rectOf(SC_ComboBoxArrow), Direction::down, chevron);
    case CC_SpinBox:
        drawField(*painter, *option);
        drawChevron(*painter, rectOf(SC_SpinBoxUp), Direction::up, chevron);
        return drawChevron(*painter, rectOf(SC_SpinBoxDown), Direction::down, chevron);
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
            slider && slider->orientation == Qt::Horizontal)
            return drawSlider(*painter, *slider, rectOf(SC_SliderGroove), rectOf(SC_SliderHandle));
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void setFilled(QAbstractButton* button, bool isFilled)
{
    button->setProperty(filledProperty, isFilled);
    button->update();
}

void setQuietToggle(QAbstractButton* button)
{
    button->setCheckable(true);
    button->setProperty(quietProperty, true);
}

bool isFilled(const QWidget* button)
{
    return button && button->property(filledProperty).toBool();
}

} // namespace emend
