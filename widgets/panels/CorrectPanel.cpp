// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/CorrectPanel.h"

#include "widgets/theme/EmendStyle.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace emend {

CorrectPanel::CorrectPanel(QWidget* parent)
    : Panel(QStringLiteral("correctPanel"), tr("Correct"), parent)
    , m_counts(new Sentence(this))
    , m_next(new QToolButton(this))
    , m_confirm(new QPushButton(tr("Slice is right"), this))
    , m_confirmPlace(new QPushButton(tr("Place is right"), this))
{
    m_counts->setObjectName(QStringLiteral("correctedCounts"));
    m_next->setObjectName(QStringLiteral("nextSlice"));
    m_next->setAutoRaise(true);
    m_next->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_confirm->setObjectName(QStringLiteral("confirmSlice"));
    m_confirmPlace->setObjectName(QStringLiteral("confirmPlace"));

    auto* row = new QHBoxLayout;
    row->addWidget(m_counts, 1);
    row->addWidget(m_next, 0, Qt::AlignTop);
    column()->addLayout(row);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_confirmPlace, 1);
    buttons->addWidget(m_confirm, 1);
    column()->addLayout(buttons);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_confirm, &QPushButton::clicked, this, &CorrectPanel::confirmWanted);
    connect(m_confirmPlace, &QPushButton::clicked, this, &CorrectPanel::placeConfirmed);
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT sliceWanted(m_nextSlice); });
    setCounts(0, 0);
    setNextSlice(-1);
    setCanConfirm(false);
    setCanConfirmPlace(false);
}

void CorrectPanel::setCounts(int confirmedSlices, int partlySlices)
{
    if (confirmedSlices == 0 && partlySlices == 0)
        return m_counts->setSentence(tr("Paint over what is wrong."));
    const QString confirmed = tr("%Ln slice(s) confirmed", nullptr, confirmedSlices);
    const QString partly = tr("%Ln partly", nullptr, partlySlices);
    m_counts->setSentence(partlySlices == 0 ? tr("%1.").arg(confirmed)
                                            : tr("%1, %2.").arg(confirmed, partly));
}

void CorrectPanel::setNextSlice(int z)
{
    m_nextSlice = z;
    m_next->setVisible(z >= 0);
    m_next->setText(tr("Next: %L1 →").arg(z + 1));
    m_next->setToolTip(tr("Go to slice %L1: there the model is least sure").arg(z + 1));
}

void CorrectPanel::setCanConfirm(bool can)
{
    m_confirm->setEnabled(can);
}

void CorrectPanel::setCanConfirmPlace(bool can)
{
    m_confirmPlace->setEnabled(can);
}

void CorrectPanel::setNextStep(bool isNextStep)
{
    setFilled(m_confirm, isNextStep);
}

} // namespace emend
