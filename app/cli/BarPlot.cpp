// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BarPlot.h"

#include "app/cli/SvgParts.h"

#include <algorithm>

namespace emend {

namespace {

using namespace svg;

constexpr int groupWidth = 300;
constexpr int height = 300;
constexpr int legendLine = 18;
constexpr double left = 20; ///< within a group
constexpr double top = 52;
constexpr double bottom = 200;
constexpr double barWidth = 52;
constexpr double distance = 64; ///< from one bar to the next

QString rectangle(size_t colour, double x, double y, double width, double tall)
{
    return QStringLiteral("<rect class=\"b%1\" x=\"%2\" y=\"%3\" width=\"%4\" height=\"%5\"/>\n")
        .arg(colour % 4)
        .arg(number(x), number(y), number(width), number(tall));
}

QString drawGroup(const BarGroup& group, double from, double highest)
{
    QString svg = text(from + left, 20, "start", group.title, "title");
    for (size_t i = 0; i < group.bars.size(); ++i) {
        const double value = group.bars[i].value;
        const double tall = (bottom - top) * value / highest;
        const double x = from + left + double(i) * distance;
        svg += rectangle(i, x, bottom - tall, barWidth, tall);
        svg += text(x + barWidth / 2, bottom - tall - 6, "middle",
                    QString::number(value, 'f', 2) + QStringLiteral(" x"));
    }
    return svg + line("axis", from + left, bottom, from + groupWidth - left, bottom);
}

QString legend(const std::vector<Bar>& bars)
{
    QString svg;
    for (size_t i = 0; i < bars.size(); ++i) {
        const double y = bottom + 16 + legendLine * double(i);
        svg += rectangle(i, left, y, 12, 12);
        svg += text(left + 20, y + 11, "start", bars[i].name);
    }
    return svg;
}

} // namespace

QByteArray barsToSvg(const std::vector<BarGroup>& groups)
{
    double highest = 1e-9;
    for (const BarGroup& group : groups)
        for (const Bar& bar : group.bars)
            highest = std::max(highest, bar.value);
    QString content;
    for (size_t i = 0; i < groups.size(); ++i)
        content += drawGroup(groups[i], double(i) * groupWidth, highest);
    if (!groups.empty())
        content += legend(groups.front().bars);
    return picture(groupWidth * int(groups.size()), height, content);
}

} // namespace emend
