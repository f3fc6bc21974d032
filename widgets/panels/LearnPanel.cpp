// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/LearnPanel.h"

#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/ThemeIcon.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace emend {

LearnPanel::LearnPanel(QWidget* parent)
    : Panel(QStringLiteral("learnPanel"), tr("Learn"), parent)
    , m_learn(new QPushButton(tr("Learn from my corrections"), this))
    , m_curve(new LearningCurve(this))
    , m_result(new Sentence(this))
    , m_fold(new QToolButton(this))
    , m_advanced(makeAdvanced())
{
    m_learn->setObjectName(QStringLiteral("learn"));
    m_curve->setObjectName(QStringLiteral("learningCurve"));
    m_curve->hide();
    m_result->setObjectName(QStringLiteral("learningResult"));
    m_fold->setObjectName(QStringLiteral("advancedFold"));
    m_fold->setText(tr("Advanced"));
    m_fold->setAutoRaise(true);
    setQuietToggle(m_fold);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setIcon(themeIcon(QStringLiteral("chevron-right"), QStringLiteral("chevron-down")));
    m_fold->setIconSize(QSize(14, 14));

    column()->addWidget(m_learn);
    column()->addWidget(m_curve, 1);
    column()->addWidget(m_result);
    column()->addWidget(m_fold, 0, Qt::AlignLeft);
    column()->addWidget(m_advanced);
    column()->addStretch(0);

    connect(m_learn, &QPushButton::clicked, this, &LearnPanel::learnWanted);
    connect(m_fold, &QToolButton::toggled, this, &LearnPanel::unfold);
    unfold(false);
    setModelName({});
    setCanLearn(false);
    m_result->setSentence(tr("A few corrected areas on two or three slices are enough to begin."));
}

QWidget* LearnPanel::makeAdvanced()
{
    auto* advanced = new QWidget(this);
    advanced->setObjectName(QStringLiteral("advanced"));
    auto* form = new QFormLayout(advanced);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addSteps(*form);
    m_seed = new QSpinBox(advanced);
    m_seed->setObjectName(QStringLiteral("seed"));
    m_seed->setRange(1, 9999);
    m_seed->setToolTip(tr("The same seed and the same corrections give the same model"));
    form->addRow(tr("Seed"), m_seed);
    m_start = new QComboBox(advanced);
    m_start->setObjectName(QStringLiteral("startFrom"));
    m_start->addItems({QString(), tr("nothing")});
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setMinimumContentsLength(8);
    form->addRow(tr("Start from"), m_start);
    return advanced;
}

void LearnPanel::addSteps(QFormLayout& form)
{
    m_steps = new QSpinBox(this);
    m_steps->setObjectName(QStringLiteral("steps"));
    m_steps->setRange(0, 20000);
    m_steps->setSingleStep(50);
    m_steps->setSpecialValueText(tr("automatic"));
    m_steps->setGroupSeparatorShown(true);
    form.addRow(tr("Steps"), m_steps);
}

void LearnPanel::unfold(bool isOpen)
{
    m_advanced->setVisible(isOpen);
    m_fold->setAccessibleName(isOpen ? tr("Hide advanced options") : tr("Show advanced options"));
}

void LearnPanel::setCanLearn(bool can)
{
    m_learn->setEnabled(can);
}

void LearnPanel::setNextStep(bool isNextStep)
{
    setFilled(m_learn, isNextStep);
}

void LearnPanel::setModelName(const QString& name)
{
    m_start->setItemText(0, name.isEmpty() ? tr("the current model") : name);
}

void LearnPanel::start()
{
    m_isLearning = true;
    m_curve->start(0);
    m_curve->show();
    m_result->setSentence(tr("Learning. You can go on working meanwhile."));
}

void LearnPanel::addPoint(int steps, const LearningCurve::Point& point)
{
    if (m_curve->points().empty())
        m_curve->start(steps);
    m_curve->add(point);
}

QString LearnPanel::scoreSentence(const Outcome& outcome)
{
    const auto score = [](double value) {
        return QLocale().toString(value, 'f', 3);
    };
    const QString verdict =
        outcome.isKept ? tr("Kept.") : tr("Not better; the model before stays in use.");
    if (outcome.before && outcome.after)
        return tr("%1 → %2 on held-out pixels. %3")
            .arg(score(*outcome.before), score(*outcome.after), verdict);
    if (outcome.after)
        return tr("%1 on held-out pixels. %2").arg(score(*outcome.after), verdict);
    return tr("Learned; too few corrections to hold some out for a score.");
}

void LearnPanel::finish(const Outcome& outcome)
{
    m_isLearning = false;
    QStringList sentences{scoreSentence(outcome)};
    if (outcome.corrected > 0)
        sentences << tr("The prediction had %1 % of your corrections wrong.")
                         .arg(QLocale().toString(
                             100.0 * double(outcome.wrong) / double(outcome.corrected), 'f', 1));
    if (outcome.isEnough)
        sentences << tr(
            "The last two rounds brought next to nothing: you can stop here, or correct "
            "another kind of place.");
    m_result->setSentence(sentences.join(u' '));
}

void LearnPanel::abandon()
{
    if (!m_isLearning)
        return;
    m_isLearning = false;
    m_result->setSentence(tr("Stopped; the model before stays in use."));
}

LearnPanel::Options LearnPanel::options() const
{
    return {m_steps->value(), m_seed->value(), m_start->currentIndex() == 0};
}

} // namespace emend
