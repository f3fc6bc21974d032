// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QPointF>
#include <QString>

#include <vector>

namespace emend {

/// A line through points, in rising x.
struct Curve
{
    QString name;
    std::vector<QPointF> points;
};

/// Curves over the same axes. The same place in the list of curves has the same colour in all
/// panels; there are colours for four.
struct CurvePanel
{
    QString title;
    QString xTitle;
    std::vector<Curve> curves;
};

/// The panels beside each other as an SVG picture with transparent ground, to be read on light and
/// on dark pages. The names of the first panel's curves are the legend.
QByteArray curvesToSvg(const std::vector<CurvePanel>& panels);

/// Round numbers from below from to above to, four to nine of them: where an axis has its ticks.
std::vector<double> axisTicks(double from, double to);

} // namespace emend
