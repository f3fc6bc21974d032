// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/PredictPanel.h"

#include "widgets/theme/EmendStyle.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

namespace emend {

PredictPanel::PredictPanel(QWidget* parent)
    : Panel(QStringLiteral("predictPanel"), tr("Predict"), parent)
    , m_model(new QComboBox(this))
    , m_slice(new QPushButton(tr("This slice"), this))
    , m_all(new QPushButton(this))
    , m_careful(new QCheckBox(tr("Careful, eight times slower"), this))
    , m_opacity(new QSlider(Qt::Horizontal, this))
    , m_percent(new QLabel(this))
{
    m_model->setObjectName(QStringLiteral("model"));
    m_model->setAccessibleName(tr("Model"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(8);
    m_slice->setObjectName(QStringLiteral("predictSlice"));
    m_all->setObjectName(QStringLiteral("predictAll"));
    m_careful->setObjectName(QStringLiteral("careful"));
    m_careful->setToolTip(
        tr("Predict each place eight times, mirrored and turned, and take the mean"));
    m_opacity->setObjectName(QStringLiteral("overlayOpacity"));
    m_opacity->setAccessibleName(tr("Opacity of the labels, in percent"));
    m_opacity->setRange(0, 100);
    m_percent->setObjectName(QStringLiteral("overlayPercent"));
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_percent->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")));

    auto* modelRow = new QHBoxLayout;
    auto* modelLabel = new QLabel(tr("Model"), this);
    modelLabel->setBuddy(m_model);
    modelRow->addWidget(modelLabel);
    modelRow->addWidget(m_model, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_slice, 1);
    buttons->addWidget(m_all, 1);
    auto* overlayRow = new QHBoxLayout;
    auto* overlayLabel = new QLabel(tr("Overlay"), this);
    overlayLabel->setBuddy(m_opacity);
    overlayRow->addWidget(overlayLabel);
    overlayRow->addWidget(m_opacity, 1);
    overlayRow->addWidget(m_percent);
    column()->addLayout(modelRow);
    column()->addLayout(buttons);
    column()->addWidget(m_careful);
    column()->addLayout(overlayRow);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_model, &QComboBox::activated, this, &PredictPanel::modelChosen);
    connect(m_slice, &QPushButton::clicked, this, &PredictPanel::sliceWanted);
    connect(m_all, &QPushButton::clicked, this, &PredictPanel::allWanted);
    connect(m_careful, &QCheckBox::toggled, this, &PredictPanel::carefulChosen);
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        showOpacity(percent);
        Q_EMIT overlayOpacityChosen(percent / 100.0);
    });
    setOverlayOpacity(0.4);
    setSliceCount(0);
    setModels({}, -1);
}

void PredictPanel::setModels(const QStringList& names, int current)
{
    m_model->clear();
    m_model->addItems(names);
    m_model->setCurrentIndex(current);
    m_model->setEnabled(!names.isEmpty());
    m_model->setPlaceholderText(tr("No model yet"));
    m_model->setToolTip(m_model->currentText());
    m_hasModel = current >= 0;
    setCanPredict(m_can);
}

void PredictPanel::setSliceCount(int slices)
{
    m_all->setText(slices > 0 ? tr("All %L1").arg(slices) : tr("All"));
}

void PredictPanel::setCanPredict(bool can)
{
    m_can = can;
    m_slice->setEnabled(can && m_hasModel);
    m_all->setEnabled(can && m_hasModel);
}

void PredictPanel::setOverlayOpacity(double opacity)
{
    const QSignalBlocker blocker(m_opacity);
    m_opacity->setValue(qRound(opacity * 100));
    showOpacity(m_opacity->value());
}

void PredictPanel::showOpacity(int percent)
{
    m_percent->setText(tr("%L1 %").arg(percent));
}

void PredictPanel::setNextStep(bool isNextStep)
{
    setFilled(m_slice, isNextStep);
}

} // namespace emend
