// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace emend {

/// The row above the section while two models are compared: which of them is shown, where they
/// differ, how much in a sentence, and the way out.
///
/// Only shows and asks.
class ComparisonBar : public QWidget
{
    Q_OBJECT

public:
    enum class Shown { first, second, difference };

    explicit ComparisonBar(QWidget* parent = nullptr);

    void setModels(const QString& first, const QString& second);
    void setShown(Shown shown);

    /// In the user's words, at the right of the buttons.
    void setSentence(const QString& text);

Q_SIGNALS:
    void shownChosen(emend::ComparisonBar::Shown shown);
    void leaveWanted();

private:
    QToolButton* addChoice(const char* objectName, Shown shown);

    QToolButton* m_first;
    QToolButton* m_second;
    QToolButton* m_difference;
    QLabel* m_sentence;
};

} // namespace emend
