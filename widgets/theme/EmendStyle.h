// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace emend {

/// Fusion with flat controls on an 8-pixel grid: outlined buttons, one of them filled with the
/// accent (setFilled), thin sliders, fields without shadows.
class EmendStyle : public QProxyStyle
{
    Q_OBJECT

public:
    EmendStyle();

    int pixelMetric(PixelMetric metric, const QStyleOption* option = nullptr,
                    const QWidget* widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
                  const QWidget* widget = nullptr,
                  QStyleHintReturn* returnData = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget = nullptr) const override;
};

/// The filled button is the next thing to do; at most one in the window.
void setFilled(QAbstractButton* button, bool isFilled);
bool isFilled(const QWidget* button);

/// A toggle whose icon alone says that it is on.
void setQuietToggle(QAbstractButton* button);

} // namespace emend
