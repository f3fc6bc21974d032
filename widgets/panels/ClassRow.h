// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/ClassTable.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace emend {

/// One class in the class panel.
class ClassRow : public QWidget
{
    Q_OBJECT

public:
    explicit ClassRow(int classIndex, QWidget* parent = nullptr);

    void setClass(const LabelClass& labelClass);
    void setCurrent(bool isCurrent);

    bool isCurrent() const { return m_isCurrent; }

Q_SIGNALS:
    void chosen();
    void edited(const emend::LabelClass& labelClass);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QToolButton* makeToggle(const QString& name, const QString& off, const QString& on);
    void startNaming();
    void finishNaming();
    void chooseColour();
    void showClass();

    int m_index;
    LabelClass m_class;
    bool m_isCurrent = false;
    QLabel* m_digit;
    QToolButton* m_colour;
    QLineEdit* m_name;
    QToolButton* m_eye;
    QToolButton* m_lock;
};

} // namespace emend
