// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/LearnPanel.h"

#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/ThemeIcon.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emend {

namespace {

constexpr int rowsInALowWindow = 2;

QString beginning()
{
    return LearnPanel::tr("A few corrected areas on two or three slices are enough to begin.");
}

} // namespace

LearnPanel::LearnPanel(QWidget* parent)
    : Panel(QStringLiteral("learnPanel"), tr("Learn"), parent)
    , m_learn(new QPushButton(tr("Learn from my corrections"), this))
    , m_curve(new LearningCurve(this))
    , m_result(new Sentence(this))
    , m_fold(new QToolButton(this))
    , m_start(new QComboBox(this))
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

    column()->addLayout(makeStart());
    column()->addWidget(m_learn);
    column()->addWidget(m_curve, 1);
    column()->addWidget(m_result);
    column()->addWidget(m_fold, 0, Qt::AlignLeft);
    column()->addWidget(m_advanced, 1);
    column()->addStretch(0);

    connect(m_learn, &QPushButton::clicked, this, &LearnPanel::learnWanted);
    connect(m_fold, &QToolButton::toggled, this, &LearnPanel::unfold);
    unfold(false);
    setModels({}, {});
    setCanLearn(false);
    m_result->setSentence(beginning());
}

QScrollArea* LearnPanel::makeAdvanced()
{
    auto* advanced = new QWidget;
    auto* form = new QFormLayout(advanced);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addNumbers(*form);
    m_seed = new QSpinBox(advanced);
    m_seed->setObjectName(QStringLiteral("seed"));
    m_seed->setRange(1, 9999);
    m_seed->setToolTip(tr("The same seed and the same corrections give the same model"));
    form->addRow(tr("Seed"), m_seed);
    m_patch = new QLabel(advanced);
    m_patch->setObjectName(QStringLiteral("patch"));
    m_patch->setToolTip(tr("The pieces of the slices that the model is shown while it learns"));
    form->addRow(tr("Pieces"), m_patch);

    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("advanced"));
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setWidget(advanced);
    for (QWidget* background : {area->viewport(), advanced})
        background->setAutoFillBackground(false);
    area->setMinimumHeight(rowsInALowWindow * (m_seed->sizeHint().height() + form->spacing()));
    area->setMaximumHeight(advanced->sizeHint().height());
    return area;
}

QLayout* LearnPanel::makeStart()
{
    m_start->setObjectName(QStringLiteral("startFrom"));
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setMinimumContentsLength(8);
    auto* label = new QLabel(tr("Teach"), this);
    label->setBuddy(m_start);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_start, 1);
    connect(m_start, &QComboBox::currentIndexChanged, this, [this] {
        m_wanted = options().start;
        m_start->setToolTip(startSentence());
        if (!m_isLearning)
            m_result->setSentence(m_wanted == Start::current ? beginning() : startSentence());
        Q_EMIT startChosen();
    });
    return row;
}

void LearnPanel::addNumbers(QFormLayout& form)
{
    m_steps = new QSpinBox(this);
    m_steps->setObjectName(QStringLiteral("steps"));
    m_steps->setRange(0, 20000);
    m_steps->setSingleStep(50);
    m_steps->setGroupSeparatorShown(true);
    m_steps->setToolTip(tr("Chosen by Emend there are fewer where they would take too long; a "
                           "number of yours is kept"));
    form.addRow(tr("Steps"), m_steps);
    m_batch = new QSpinBox(this);
    m_batch->setObjectName(QStringLiteral("batch"));
    m_batch->setRange(0, 256);
    m_batch->setToolTip(tr("Pieces that the model learns from at a time"));
    form.addRow(tr("Batch"), m_batch);
    m_rate = new QDoubleSpinBox(this);
    m_rate->setObjectName(QStringLiteral("learningRate"));
    m_rate->setDecimals(5);
    m_rate->setRange(0, 0.1);
    m_rate->setSingleStep(0.0005);
    m_rate->setToolTip(tr("How much a step changes the model at most"));
    form.addRow(tr("Learning rate"), m_rate);
}

void LearnPanel::setAutomatic(const Automatic& automatic)
{
    const auto text = [](const QString& number) {
        return tr("automatic: %1", "a number that the program chooses").arg(number);
    };
    const QLocale locale;
    m_steps->setSpecialValueText(
        tr("up to %1", "steps that the program chooses").arg(locale.toString(automatic.steps)));
    m_batch->setSpecialValueText(text(locale.toString(automatic.batch)));
    m_rate->setSpecialValueText(text(locale.toString(automatic.learningRate, 'g', 3)));
    m_patch->setText(tr("%L1 × %L1 pixels").arg(automatic.patchPx));
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

void LearnPanel::setModels(const QString& current, const QString& base)
{
    m_current = current;
    m_base = base;
    {
        const QSignalBlocker quiet(m_start);
        m_start->clear();
        if (!current.isEmpty())
            m_start->addItem(tr("%1 (in use)").arg(current), int(Start::current));
        if (!base.isEmpty() && base != current)
            m_start->addItem(tr("%1 (came with Emend)").arg(base), int(Start::base));
        m_start->addItem(tr("a new model"), int(Start::nothing));
        m_start->setCurrentIndex(std::max(0, m_start->findData(int(m_wanted))));
    }
    m_start->setToolTip(startSentence());
    Q_EMIT startChosen();
}

QString LearnPanel::startSentence() const
{
    switch (options().start) {
    case Start::current:
        return tr("A copy of “%1” learns on from your corrections.").arg(m_current);
    case Start::base:
        return tr("A copy of “%1” learns from your corrections; what “%2” has learned is left "
                  "out.")
            .arg(m_base, m_current);
    case Start::nothing:
        break;
    }
    return tr("A new model that knows nothing yet; it needs many more corrections.");
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
    m_curve->setSteps(steps);
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
    return {m_steps->value(), m_batch->value(), m_rate->value(), m_seed->value(),
            Start(m_start->currentData().toInt())};
}

} // namespace emend
