// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/JobBar.h"

#include "widgets/theme/ThemeIcon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace emend {

namespace {

constexpr int resolution = 1000;

} // namespace

JobBar::JobBar(QWidget* parent)
    : QWidget(parent)
    , m_stage(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_remaining(new QLabel(this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(QStringLiteral("jobBar"));
    m_stage->setObjectName(QStringLiteral("jobStage"));
    m_stage->setTextFormat(Qt::PlainText);
    m_bar->setObjectName(QStringLiteral("jobProgress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, resolution);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setMinimumWidth(80);
    m_remaining->setObjectName(QStringLiteral("jobRemaining"));
    m_stop->setObjectName(QStringLiteral("stopJob"));
    m_stop->setIcon(themeIcon(QStringLiteral("stop")));
    m_stop->setIconSize(QSize(16, 16));
    m_stop->setFocusPolicy(Qt::TabFocus);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    row->addWidget(m_stage);
    row->addWidget(m_bar, 1);
    row->addWidget(m_remaining);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_remaining->setText(tr("stopping"));
        Q_EMIT stopWanted();
    });
    hide();
}

void JobBar::start(const QString& title)
{
    m_stage->setText(title);
    m_bar->setValue(0);
    m_remaining->clear();
    m_stop->setEnabled(true);
    show();
}

void JobBar::setProgress(double fraction, const QString& stage, double remainingSeconds)
{
    if (!stage.isEmpty())
        m_stage->setText(stage);
    m_bar->setValue(int(std::lround(std::clamp(fraction, 0.0, 1.0) * resolution)));
    if (m_stop->isEnabled())
        m_remaining->setText(remainingText(remainingSeconds));
}

void JobBar::finish()
{
    hide();
}

QString JobBar::remainingText(double seconds)
{
    if (seconds < 0)
        return {};
    if (seconds < 10)
        return tr("a few seconds left");
    // In steps, so that the text does not flicker.
    if (seconds < 90)
        return tr("about %Ln second(s) left", nullptr, int(std::ceil(seconds / 10)) * 10);
    if (seconds < 90 * 60)
        return tr("about %Ln minute(s) left", nullptr, int(std::lround(seconds / 60)));
    return tr("about %Ln hour(s) left", nullptr, int(std::lround(seconds / 3600)));
}

} // namespace emend
