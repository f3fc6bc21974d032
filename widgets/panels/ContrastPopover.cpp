// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ContrastPopover.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

namespace emend {

ContrastPopover::ContrastPopover(QWidget* parent)
    : QFrame(parent, Qt::Popup)
{
    setObjectName(QStringLiteral("contrastPopover"));
    setAccessibleName(tr("Contrast"));
    setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(this);
    auto* form = new QFormLayout;
    form->setSpacing(8);
    column->addLayout(form);
    m_black = addSlider(*form, QStringLiteral("black"), tr("Black below"), m_blackValue);
    m_white = addSlider(*form, QStringLiteral("white"), tr("White above"), m_whiteValue);
    m_inverted = new QCheckBox(tr("Invert"), this);
    m_inverted->setObjectName(QStringLiteral("invertGrey"));
    auto* automatic = new QPushButton(tr("Automatic"), this);
    automatic->setObjectName(QStringLiteral("automaticContrast"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_inverted, 1);
    row->addWidget(automatic);
    column->addLayout(row);

    connect(m_inverted, &QCheckBox::toggled, this, &ContrastPopover::announce);
    connect(automatic, &QPushButton::clicked, this, &ContrastPopover::automaticWanted);
    setMaximumGrey(255);
    setContrast(0, 255, false);
}

QSlider* ContrastPopover::addSlider(QFormLayout& form, const QString& objectName,
                                    const QString& text, QLabel*& value)
{
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setObjectName(objectName + QStringLiteral("Level"));
    slider->setAccessibleName(text);
    slider->setMinimumWidth(200);
    value = new QLabel(this);
    value->setObjectName(objectName + QStringLiteral("Value"));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("65.535")));
    auto* row = new QHBoxLayout;
    row->addWidget(slider, 1);
    row->addWidget(value);
    form.addRow(text, row);
    connect(slider, &QSlider::valueChanged, this, [this, slider] {
        keepApart(slider);
        announce();
    });
    return slider;
}

void ContrastPopover::keepApart(QSlider* moved)
{
    if (m_black->value() < m_white->value())
        return;
    const QSignalBlocker blackBlocker(m_black);
    const QSignalBlocker whiteBlocker(m_white);
    if (moved == m_black)
        m_white->setValue(m_black->value() + 1);
    else
        m_black->setValue(m_white->value() - 1);
    if (m_black->value() >= m_white->value())
        moved->setValue(moved == m_black ? m_white->value() - 1 : m_black->value() + 1);
}

void ContrastPopover::setMaximumGrey(int maximum)
{
    for (QSlider* slider : {m_black, m_white}) {
        const QSignalBlocker blocker(slider);
        slider->setRange(0, maximum);
        slider->setPageStep(std::max(1, maximum / 16));
        slider->setSingleStep(std::max(1, maximum / 255));
    }
}

void ContrastPopover::setContrast(int black, int white, bool isInverted)
{
    const QSignalBlocker blackBlocker(m_black);
    const QSignalBlocker whiteBlocker(m_white);
    const QSignalBlocker invertedBlocker(m_inverted);
    m_black->setValue(black);
    m_white->setValue(white);
    m_inverted->setChecked(isInverted);
    showValues();
}

void ContrastPopover::showValues()
{
    m_blackValue->setText(QLocale().toString(m_black->value()));
    m_whiteValue->setText(QLocale().toString(m_white->value()));
}

void ContrastPopover::announce()
{
    showValues();
    Q_EMIT contrastChosen(m_black->value(), m_white->value(), m_inverted->isChecked());
}

void ContrastPopover::openBelow(QWidget* button)
{
    adjustSize();
    const QPoint corner = button->mapToGlobal(QPoint(button->width(), button->height() + 4));
    move(corner.x() - width(), corner.y());
    show();
}

} // namespace emend
