// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/VoxelSizeDialog.h"

#include "widgets/panels/Panel.h"
#include "widgets/theme/EmendStyle.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace emend {

VoxelSizeDialog::VoxelSizeDialog(VoxelSize size, const QString& explanation, QWidget* parent)
    : QDialog(parent)
    , m_isSquare(size.xNm == size.yNm)
{
    setObjectName(QStringLiteral("voxelSizeDialog"));
    setWindowTitle(tr("Voxel size"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->setSizeConstraint(QLayout::SetFixedSize);
    auto* sentence = new Sentence(this);
    sentence->setObjectName(QStringLiteral("voxelSizeExplanation"));
    sentence->setSentence(explanation);
    sentence->setFixedWidth(300);
    column->addWidget(sentence);
    auto* form = new QFormLayout;
    column->addLayout(form);
    m_x = addField(*form, QStringLiteral("voxelX"), tr("Pixel width"), size.xNm);
    m_y = addField(*form, QStringLiteral("voxelY"), tr("Pixel height"), size.yNm);
    m_z = addField(*form, QStringLiteral("voxelZ"), tr("Section thickness"), size.zNm);
    connect(m_x, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (m_isSquare)
            m_y->setValue(value);
    });
    connect(m_y, &QDoubleSpinBox::valueChanged, this,
            [this](double value) { m_isSquare = value == m_x->value(); });

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->setObjectName(QStringLiteral("voxelSizeButtons"));
    setFilled(buttons->button(QDialogButtonBox::Ok), true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QDoubleSpinBox* VoxelSizeDialog::addField(QFormLayout& form, const QString& objectName,
                                          const QString& text, double valueNm)
{
    auto* field = new QDoubleSpinBox(this);
    field->setObjectName(objectName);
    field->setRange(0, 1e6);
    field->setDecimals(3);
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field->setSuffix(tr(" nm"));
    field->setSpecialValueText(tr("not known"));
    field->setValue(valueNm);
    form.addRow(text, field);
    return field;
}

VoxelSize VoxelSizeDialog::voxelSize() const
{
    return {m_x->value(), m_y->value(), m_z->value()};
}

} // namespace emend
