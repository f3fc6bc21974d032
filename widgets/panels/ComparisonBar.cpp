// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ComparisonBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace emend {

namespace {

constexpr int widestNamePx = 160;

} // namespace

ComparisonBar::ComparisonBar(QWidget* parent)
    : QWidget(parent)
    , m_first(addChoice("showFirstModel", Shown::first))
    , m_second(addChoice("showSecondModel", Shown::second))
    , m_difference(addChoice("showModelDifference", Shown::difference))
    , m_sentence(new QLabel(this))
{
    setObjectName(QStringLiteral("comparisonBar"));
    m_difference->setText(tr("Difference"));
    m_sentence->setObjectName(QStringLiteral("comparisonSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setMinimumWidth(1); // a narrow window cuts it; its tool tip has all of it
    auto* leave = new QPushButton(tr("Done"), this);
    leave->setObjectName(QStringLiteral("leaveComparisonButton"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    for (QToolButton* choice : {m_first, m_second, m_difference})
        row->addWidget(choice);
    row->addSpacing(8);
    row->addWidget(m_sentence, 1);
    row->addWidget(leave);
    connect(leave, &QPushButton::clicked, this, &ComparisonBar::leaveWanted);
    setModels({}, {});
}

QToolButton* ComparisonBar::addChoice(const char* objectName, Shown shown)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus); // the section keeps the keys
    connect(button, &QToolButton::clicked, this, [this, shown] { Q_EMIT shownChosen(shown); });
    return button;
}

void ComparisonBar::setModels(const QString& first, const QString& second)
{
    const auto name = [this](QToolButton* button, const QString& text) {
        QString shortened = fontMetrics().elidedText(text, Qt::ElideMiddle, widestNamePx);
        button->setText(shortened.replace(u'&', QStringLiteral("&&"))); // else a mnemonic
        button->setToolTip(text);
    };
    name(m_first, tr("A: %1", "the first of two models").arg(first));
    name(m_second, tr("B: %1", "the second of two models").arg(second));
}

void ComparisonBar::setShown(Shown shown)
{
    m_first->setChecked(shown == Shown::first);
    m_second->setChecked(shown == Shown::second);
    m_difference->setChecked(shown == Shown::difference);
}

void ComparisonBar::setSentence(const QString& text)
{
    m_sentence->setText(text);
    m_sentence->setToolTip(text);
}

} // namespace emend
