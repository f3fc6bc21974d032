// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QCheckBox;
class QFormLayout;
class QLabel;
class QSlider;

namespace emend {

/// Which grey value is shown black and which white; opens below its button and goes when the
/// user clicks elsewhere.
class ContrastPopover : public QFrame
{
    Q_OBJECT

public:
    explicit ContrastPopover(QWidget* parent = nullptr);

    void setMaximumGrey(int maximum);
    void setContrast(int black, int white, bool isInverted);

    /// Right-aligned below the button.
    void openBelow(QWidget* button);

Q_SIGNALS:
    void contrastChosen(int black, int white, bool isInverted);
    void automaticWanted();

private:
    QSlider* addSlider(QFormLayout& form, const QString& objectName, const QString& text,
                       QLabel*& value);
    void keepApart(QSlider* moved);
    void showValues();
    void announce();

    QLabel* m_blackValue = nullptr;
    QLabel* m_whiteValue = nullptr;
    QSlider* m_black = nullptr;
    QSlider* m_white = nullptr;
    QCheckBox* m_inverted = nullptr;
};

} // namespace emend
