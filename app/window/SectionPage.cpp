// SPDX-License-Identifier: Apache-2.0
#include "app/window/SectionPage.h"

#include "widgets/panels/ComparisonBar.h"
#include "widgets/panels/ContrastPopover.h"
#include "widgets/panels/JobBar.h"
#include "widgets/panels/SliceStrip.h"
#include "widgets/panels/ToolOptions.h"
#include "widgets/theme/ThemeColours.h"
#include "widgets/theme/ThemeIcon.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

#include <QEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace emend {

namespace {

constexpr int footHeightPx = 40;

} // namespace

SectionPage::SectionPage(ToolBox& toolBox, QWidget* parent)
    : QWidget(parent)
    , m_toolBox(toolBox)
    , m_head(new QStackedWidget(this))
    , m_options(new ToolOptions(ToolBox::minimumRadiusPx, ToolBox::maximumRadiusPx, this))
    , m_comparison(new ComparisonBar(this))
    , m_view(new SliceView(this))
    , m_strip(new SliceStrip(this))
    , m_jobBar(new JobBar(this))
    , m_hint(new QLabel(this))
    , m_foot(makeFoot())
    , m_contrastButton(new QToolButton(this))
    , m_contrast(new ContrastPopover(this))
{
    setObjectName(QStringLiteral("sectionPage"));
    m_view->setObjectName(QStringLiteral("sliceView"));
    m_view->setAccessibleName(tr("Section"));
    m_view->setToolBox(&toolBox);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head->setObjectName(QStringLiteral("sectionHead"));
    m_head->addWidget(m_options);
    m_head->addWidget(m_comparison);
    m_head->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
    column->addWidget(m_strip);
    column->addWidget(m_foot);
    connectTools();
    connectContrast();
    connect(m_strip, &SliceStrip::sliceChosen, m_view, &SliceView::setSlice);
    connect(m_view, &SliceView::sliceChanged, m_strip, &SliceStrip::setSlice);
}

QWidget* SectionPage::makeFoot()
{
    // Always there, so that the section keeps its size when something begins or ends to run.
    auto* foot = new QWidget(this);
    foot->setObjectName(QStringLiteral("foot"));
    foot->setFixedHeight(footHeightPx);
    m_hint->setObjectName(QStringLiteral("mouseHint"));
    m_hint->setContentsMargins(12, 0, 12, 0);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setMinimumWidth(1);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_hint, 1);
    row->addWidget(m_jobBar, 1);
    m_jobBar->installEventFilter(this);
    return foot;
}

bool SectionPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_jobBar && event->type() == QEvent::ShowToParent)
        m_hint->hide();
    if (watched == m_jobBar && event->type() == QEvent::HideToParent)
        m_hint->show();
    return false;
}

void SectionPage::connectTools()
{
    connect(m_options, &ToolOptions::radiusChosen, &m_toolBox, &ToolBox::setRadiusPx);
    connect(&m_toolBox, &ToolBox::radiusChanged, m_options, &ToolOptions::setRadius);
    connect(&m_toolBox, &ToolBox::toolChanged, this, &SectionPage::showTool);
    m_options->setRadius(m_toolBox.radiusPx());
    showTool();
}

void SectionPage::showTool()
{
    const ToolKind kind = m_toolBox.currentKind();
    const bool hasSize = kind == ToolKind::brush || kind == ToolKind::eraser;
    m_options->setTool(m_toolBox.currentTool().name(), hasSize);
}

void SectionPage::connectContrast()
{
    m_contrastButton->setObjectName(QStringLiteral("contrastButton"));
    m_contrastButton->setAutoRaise(true);
    m_contrastButton->setIcon(themeIcon(QStringLiteral("contrast")));
    m_contrastButton->setText(tr("Contrast"));
    m_contrastButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_contrastButton->setToolTip(tr("Which grey is shown black and which white"));
    m_options->addRight(m_contrastButton);
    connect(m_contrastButton, &QToolButton::clicked, this, [this] {
        if (const Project* project = m_view->project())
            m_contrast->setMaximumGrey(project->stack()->maximumGrey());
        const Contrast& shown = m_view->contrast();
        m_contrast->setContrast(shown.black, shown.white, shown.isInverted);
        m_contrast->openBelow(m_contrastButton);
    });
    connect(m_contrast, &ContrastPopover::contrastChosen, m_view,
            [this](int black, int white, bool isInverted) {
                m_view->setContrast({black, white, isInverted});
            });
    connect(m_contrast, &ContrastPopover::automaticWanted, m_view, &SliceView::chooseContrast);
    connect(m_view, &SliceView::contrastChanged, m_contrast, [this](const Contrast& shown) {
        m_contrast->setContrast(shown.black, shown.white, shown.isInverted);
    });
}

void SectionPage::setSectionOnly(bool isAlone)
{
    for (QWidget* widget : {static_cast<QWidget*>(m_head), static_cast<QWidget*>(m_strip), m_foot})
        widget->setVisible(!isAlone);
}

void SectionPage::setHint(const QString& text)
{
    m_toolHint = text;
    showHint();
}

void SectionPage::setComparing(bool isComparing, const QString& hint)
{
    m_head->setCurrentWidget(isComparing ? static_cast<QWidget*>(m_comparison) : m_options);
    m_comparisonHint = isComparing ? hint : QString();
    showHint();
}

void SectionPage::showHint()
{
    m_hint->setText(m_comparisonHint.isEmpty() ? m_toolHint : m_comparisonHint);
}

} // namespace emend
