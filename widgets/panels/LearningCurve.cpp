// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/LearningCurve.h"

#include "widgets/theme/ThemeColours.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

/// A round number, not below the value; its half is round too.
double roundUp(double value)
{
    const double power = std::pow(10.0, std::floor(std::log10(std::max(value, 1e-6))));
    for (double factor : {1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0}) {
        if (value <= factor * power)
            return factor * power;
    }
    return 10 * power;
}

/// Scores crowd near 1: the axis begins at the tenth below the lowest.
double scoreFloor(const std::vector<LearningCurve::Point>& points)
{
    double lowest = 0.9;
    for (const auto& point : points)
        lowest = std::min(lowest, point.score.value_or(1));
    return std::max(0.0, std::floor(lowest * 10 - 1e-9) / 10);
}

} // namespace

struct LearningCurve::Axes
{
    QRectF plot;
    double steps = 1;
    double maximumLoss = 1;
    double minimumScore = 0.8;

    double x(double step) const { return plot.left() + plot.width() * step / steps; }

    double lossY(double loss) const { return plot.bottom() - plot.height() * loss / maximumLoss; }

    double scoreY(double score) const
    {
        return plot.bottom() - plot.height() * (score - minimumScore) / (1 - minimumScore);
    }
};

LearningCurve::LearningCurve(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setMaximumHeight(240);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    setFont(small);
    setAccessibleName(tr("Learning curve"));
}

void LearningCurve::start(int steps)
{
    m_steps = steps;
    m_points.clear();
    describe();
    update();
}

void LearningCurve::setSteps(int steps)
{
    m_steps = steps;
    update();
}

void LearningCurve::add(const Point& point)
{
    m_points.push_back(point);
    m_steps = std::max(m_steps, point.step);
    describe();
    update();
}

void LearningCurve::describe()
{
    if (m_points.empty())
        return setAccessibleDescription({});
    const QLocale locale;
    const Point& last = m_points.back();
    QString text = tr("Step %L1 of %L2, loss %3")
                       .arg(last.step)
                       .arg(m_steps)
                       .arg(locale.toString(last.loss, 'f', 2));
    if (last.score)
        text = tr("%1, score %2").arg(text, locale.toString(*last.score, 'f', 3));
    setAccessibleDescription(text);
}

LearningCurve::Axes LearningCurve::axes() const
{
    const QFontMetricsF metrics(font());
    const double side = metrics.horizontalAdvance(QLocale().toString(0.85, 'f', 2)) + 6;
    Axes axes;
    axes.plot = QRectF(rect()).adjusted(side, metrics.height() + 6, -side, -metrics.height() - 4);
    axes.steps = std::max(1, m_steps);
    double highest = 0.1;
    for (const Point& point : m_points)
        highest = std::max(highest, point.loss);
    axes.maximumLoss = roundUp(highest);
    axes.minimumScore = scoreFloor(m_points);
    return axes;
}

void LearningCurve::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Axes a = axes();
    drawLegend(painter);
    drawAxes(painter, a);
    drawLines(painter, a);
}

void LearningCurve::drawLegend(QPainter& painter) const
{
    const ThemeColours& c = themeColours(palette());
    const QFontMetricsF metrics(font());
    const double middle = metrics.height() / 2;
    const auto entry = [&](double x, const QPen& pen, const QString& text) {
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + 16, middle));
        painter.setPen(c.secondaryText);
        painter.drawText(QPointF(x + 22, metrics.ascent()), text);
    };
    const QString score = tr("Score");
    entry(1, QPen(c.secondaryText, 1.5, Qt::DotLine), tr("Loss"));
    entry(width() - 23 - metrics.horizontalAdvance(score), QPen(c.accentText, 2), score);
}

void LearningCurve::drawAxes(QPainter& painter, const Axes& axes) const
{
    const ThemeColours& c = themeColours(palette());
    const QLocale locale;
    const QRectF plot = axes.plot;
    const double textHeight = QFontMetricsF(font()).height();
    for (double share : {0.0, 0.5, 1.0}) {
        const double y = std::round(plot.bottom() - share * plot.height()) + 0.5;
        painter.setPen(QPen(c.divider, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(c.secondaryText);
        const QRectF left(0, y - textHeight / 2, plot.left() - 6, textHeight);
        const QRectF right(plot.right() + 6, y - textHeight / 2, width() - plot.right() - 6,
                           textHeight);
        painter.drawText(left, Qt::AlignRight | Qt::AlignVCenter,
                         locale.toString(share * axes.maximumLoss, 'g', 2));
        const double score = axes.minimumScore + share * (1 - axes.minimumScore);
        painter.drawText(right, Qt::AlignLeft | Qt::AlignVCenter, locale.toString(score, 'g', 2));
    }
    const QRectF below(plot.left(), height() - textHeight, plot.width(), textHeight);
    painter.drawText(below, Qt::AlignLeft, locale.toString(0));
    painter.drawText(below, Qt::AlignRight,
                     m_steps > 0 ? tr("%L1 steps").arg(m_steps) : tr("steps"));
}

void LearningCurve::drawLines(QPainter& painter, const Axes& axes) const
{
    const ThemeColours& c = themeColours(palette());
    QPolygonF loss;
    QPolygonF score;
    for (const Point& point : m_points) {
        loss << QPointF(axes.x(point.step), axes.lossY(point.loss));
        if (point.score)
            score << QPointF(axes.x(point.step), axes.scoreY(*point.score));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(c.secondaryText, 1.5, Qt::DotLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(loss);
    painter.setPen(QPen(c.accentText, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(score);
    painter.setBrush(c.accentText);
    painter.setPen(Qt::NoPen);
    for (const QPointF& point : score)
        painter.drawEllipse(point, 2.5, 2.5);
}

} // namespace emend
