// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ExportPanel.h"

#include <QComboBox>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace emend {

ExportPanel::ExportPanel(QWidget* parent)
    : Panel(QStringLiteral("exportPanel"), tr("Export"), parent)
    , m_what(new QComboBox(this))
    , m_export(new QPushButton(tr("Export…"), this))
{
    m_what->setObjectName(QStringLiteral("exportWhat"));
    m_what->setAccessibleName(tr("What to export"));
    m_what->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_what->setMinimumContentsLength(10);
    m_what->addItem(tr("Masks, one file a class"));
    m_what->setItemData(0, tr("White where the class is, black elsewhere"), Qt::ToolTipRole);
    m_what->addItem(tr("Class numbers, one file"));
    m_what->setItemData(1, tr("0 where nothing is labelled, else the number of the class"),
                        Qt::ToolTipRole);
    m_what->addItem(tr("Probabilities, one file a class"));
    m_what->setItemData(2, tr("What the model said, from 0 to 255"), Qt::ToolTipRole);
    m_export->setObjectName(QStringLiteral("export"));
    column()->addWidget(m_what);
    column()->addWidget(m_export);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_export, &QPushButton::clicked, this, &ExportPanel::exportWanted);
    setCanExport(false);
    setHasPrediction(false);
}

void ExportPanel::setCanExport(bool can)
{
    m_export->setEnabled(can);
    m_what->setEnabled(can);
}

void ExportPanel::setHasPrediction(bool has)
{
    auto* items = qobject_cast<QStandardItemModel*>(m_what->model());
    items->item(int(What::probabilities))->setEnabled(has);
    if (!has && what() == What::probabilities)
        m_what->setCurrentIndex(int(What::masks));
}

ExportPanel::What ExportPanel::what() const
{
    return What(m_what->currentIndex());
}

} // namespace emend
