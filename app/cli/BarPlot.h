// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace emend {

struct Bar
{
    QString name;
    double value = 0; ///< how many times the first bar
};

/// Bars beside each other. The same place in the list has the same colour in all groups; there are
/// colours for four.
struct BarGroup
{
    QString title;
    std::vector<Bar> bars;
};

/// The groups beside each other as an SVG picture, to be read on light and on dark pages. The names
/// of the first group's bars are the legend.
QByteArray barsToSvg(const std::vector<BarGroup>& groups);

} // namespace emend
