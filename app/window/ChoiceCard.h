// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace emend {

/// A large choice of the start page: a picture or an icon, a title and a line that explains it.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceCard(const QString& objectName, const QString& title, const QString& explanation,
               QWidget* parent = nullptr);

    /// The name of one of our icons.
    void setIconName(const QString& name);
    void setPicture(const QImage& picture);

    QSize sizeHint() const override { return {352, 88}; }

    QSize minimumSizeHint() const override { return {280, 88}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void drawGround(QPainter& painter) const;
    void drawPicture(QPainter& painter, const QRect& area) const;
    void drawTexts(QPainter& painter, const QRect& area) const;

    QString m_explanation;
    QString m_iconName;
    QImage m_picture;
};

} // namespace emend
