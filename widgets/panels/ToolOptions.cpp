// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ToolOptions.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace emend {

namespace {

constexpr int positions = 200;

} // namespace

ToolOptions::ToolOptions(int minimumRadiusPx, int maximumRadiusPx, QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_tool(new QLabel(this))
    , m_sizeLabel(new QLabel(tr("Radius"), this))
    , m_size(new QSlider(Qt::Horizontal, this))
    , m_pixels(new QLabel(this))
    , m_minimumPx(minimumRadiusPx)
    , m_maximumPx(maximumRadiusPx)
{
    setObjectName(QStringLiteral("toolOptions"));
    m_tool->setObjectName(QStringLiteral("toolName"));
    QFont bold = m_tool->font();
    bold.setBold(true);
    m_tool->setFont(bold);
    m_size->setObjectName(QStringLiteral("toolRadius"));
    m_size->setAccessibleName(tr("Radius in pixels"));
    m_size->setToolTip(tr("Radius of the tool: [ and ], or Shift and the wheel"));
    m_size->setRange(0, positions);
    m_size->setPageStep(positions / 10);
    m_size->setFixedWidth(160);
    m_sizeLabel->setBuddy(m_size);
    m_pixels->setObjectName(QStringLiteral("toolRadiusText"));
    m_pixels->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%L1 px").arg(maximumRadiusPx)));

    m_row->setContentsMargins(12, 4, 8, 4);
    m_row->setSpacing(8);
    m_row->addWidget(m_tool);
    m_row->addSpacing(8);
    m_row->addWidget(m_sizeLabel);
    m_row->addWidget(m_size);
    m_row->addWidget(m_pixels);
    m_row->addStretch(1);
    connect(m_size, &QSlider::valueChanged, this, [this](int position) {
        // Equal steps of the slider are equal factors: small brushes need the finer choice.
        const double factor = double(m_maximumPx) / m_minimumPx;
        const int radius =
            int(std::lround(m_minimumPx * std::pow(factor, double(position) / positions)));
        showRadius(radius);
        Q_EMIT radiusChosen(radius);
    });
    setRadius(minimumRadiusPx);
}

void ToolOptions::setTool(const QString& name, bool hasSize)
{
    m_tool->setText(name);
    for (QWidget* widget : {static_cast<QWidget*>(m_sizeLabel), static_cast<QWidget*>(m_size),
                            static_cast<QWidget*>(m_pixels)})
        widget->setVisible(hasSize);
}

void ToolOptions::setRadius(int radiusPx)
{
    const QSignalBlocker blocker(m_size);
    const double factor = double(m_maximumPx) / m_minimumPx;
    m_size->setValue(
        int(std::lround(positions * std::log(double(radiusPx) / m_minimumPx) / std::log(factor))));
    showRadius(radiusPx);
}

void ToolOptions::showRadius(int radiusPx)
{
    m_pixels->setText(tr("%L1 px").arg(radiusPx));
}

void ToolOptions::addRight(QWidget* widget)
{
    m_row->addWidget(widget);
}

} // namespace emend
