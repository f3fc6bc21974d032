// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CurvePlot.h"

#include <QRectF>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace emend {

namespace {

constexpr int panelWidth = 320;
constexpr int height = 300;
constexpr QRectF axes(48, 36, panelWidth - 60, height - 110); ///< within a panel

constexpr double leastRange = 0.004; ///< what is flat is shown flat

// The accent and three colours that colour-blind people tell apart from it and each other; the
// markers differ as well.
const char* const style = R"(<style>
text { font: 12px sans-serif; fill: #565656 }
.title { font-weight: bold; fill: #1c1c1c }
.grid { stroke: #d6d6d6 } .axis { stroke: #a8a8a8 }
path { fill: none; stroke-width: 2; stroke-linejoin: round }
.c0 { stroke: #4652cc } .c1 { stroke: #b34e00 } .c2 { stroke: #00755a } .c3 { stroke: #8a4a7d }
@media (prefers-color-scheme: dark) {
text { fill: #acacac } .title { fill: #e8e8e8 }
.grid { stroke: #3c3c3c } .axis { stroke: #5c5c5c }
.c0 { stroke: #a3abff } .c1 { stroke: #e69f00 } .c2 { stroke: #2fc79e } .c3 { stroke: #e2a1d2 }
}
</style>
)";

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString text(double x, double y, const char* anchor, const QString& content,
             const char* kind = "label")
{
    return QStringLiteral("<text class=\"%1\" x=\"%2\" y=\"%3\" text-anchor=\"%4\">%5</text>\n")
        .arg(QLatin1String(kind), number(x), number(y), QLatin1String(anchor),
             content.toHtmlEscaped());
}

QString line(const char* kind, double x1, double y1, double x2, double y2)
{
    return QStringLiteral("<line class=\"%1\" x1=\"%2\" y1=\"%3\" x2=\"%4\" y2=\"%5\"/>\n")
        .arg(QLatin1String(kind), number(x1), number(y1), number(x2), number(y2));
}

/// A circle, square, triangle or cross around the point.
QString marker(size_t curve, QPointF at)
{
    static const std::array<const char*, 4> shapes{"m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
                                                   "m-3 -3h6v6h-6z", "m0 -4l4 7h-8z",
                                                   "m-3 -3l6 6m0 -6l-6 6"};
    return QStringLiteral("M%1 %2%3")
        .arg(number(at.x()), number(at.y()), QLatin1String(shapes[curve % 4]));
}

/// One panel's numbers on the picture.
class Frame
{
public:
    Frame(const CurvePanel& panel, double left)
        : m_panel(panel)
        , m_area(axes.translated(left, 0))
    {
        double bottom = 0;
        double top = 0;
        double right = 0;
        bool isFirst = true;
        for (const Curve& curve : panel.curves) {
            for (const QPointF point : curve.points) {
                bottom = isFirst ? point.y() : std::min(bottom, point.y());
                top = isFirst ? point.y() : std::max(top, point.y());
                right = std::max(right, point.x());
                isFirst = false;
            }
        }
        m_x = axisTicks(0, right);
        const double missing = std::max(0.0, leastRange - (top - bottom));
        m_y = axisTicks(bottom - missing / 2, top + missing / 2);
    }

    QString draw() const
    {
        QString svg = text(m_area.left() - 40, m_area.top() - 16, "start", m_panel.title, "title");
        const int digits = m_y[1] - m_y[0] < 0.0099 ? 3 : 2;
        for (const double tick : m_y) {
            const double y = at({0, tick}).y();
            svg += line("grid", m_area.left(), y, m_area.right(), y);
            svg += text(m_area.left() - 6, y + 4, "end", QString::number(tick, 'f', digits));
        }
        for (const double tick : m_x)
            svg += text(at({tick, 0}).x(), m_area.bottom() + 16, "middle", QString::number(tick));
        svg += line("axis", m_area.left(), m_area.bottom(), m_area.right(), m_area.bottom());
        svg += text(m_area.center().x(), m_area.bottom() + 34, "middle", m_panel.xTitle);
        for (size_t i = 0; i < m_panel.curves.size(); ++i)
            svg += drawCurve(i);
        return svg;
    }

private:
    QPointF at(QPointF point) const
    {
        const double x = (point.x() - m_x.front()) / (m_x.back() - m_x.front());
        const double y = (point.y() - m_y.front()) / (m_y.back() - m_y.front());
        return {m_area.left() + x * m_area.width(), m_area.bottom() - y * m_area.height()};
    }

    QString drawCurve(size_t index) const
    {
        QString path;
        QString markers;
        for (const QPointF point : m_panel.curves[index].points) {
            const QPointF place = at(point);
            path += path.isEmpty() ? u'M' : u'L';
            path += number(place.x()) + u' ' + number(place.y());
            markers += marker(index, place);
        }
        return QStringLiteral("<path class=\"c%1\" d=\"%2%3\"/>\n")
            .arg(index % 4)
            .arg(path, markers);
    }

    const CurvePanel& m_panel;
    QRectF m_area;
    std::vector<double> m_x;
    std::vector<double> m_y;
};

QString legend(const std::vector<Curve>& curves)
{
    QString svg;
    double x = axes.left();
    for (size_t i = 0; i < curves.size(); ++i) {
        const double y = height - 14;
        svg += QStringLiteral("<path class=\"c%1\" d=\"M%2 %3h24%4\"/>\n")
                   .arg(i % 4)
                   .arg(number(x), number(y), marker(i, {x + 12, y}));
        svg += text(x + 30, y + 4, "start", curves[i].name);
        x += 60 + 7.0 * double(curves[i].name.size());
    }
    return svg;
}

} // namespace

std::vector<double> axisTicks(double from, double to)
{
    if (to - from < 1e-6)
        to = from + 1e-6 * std::max(1.0, std::abs(from));
    const double magnitude = std::pow(10, std::floor(std::log10((to - from) / 4)));
    double step = magnitude;
    for (const double factor : {2.0, 5.0, 10.0})
        if ((to - from) / step > 5)
            step = magnitude * factor;
    std::vector<double> ticks;
    const auto first = qint64(std::floor(from / step + 1e-9));
    const auto last = qint64(std::ceil(to / step - 1e-9));
    for (qint64 i = first; i <= last; ++i)
        ticks.push_back(double(i) * step);
    return ticks;
}

QByteArray curvesToSvg(const std::vector<CurvePanel>& panels)
{
    QString svg = QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" "
                                 "width=\"%1\" height=\"%2\">\n")
                      .arg(panelWidth * int(panels.size()))
                      .arg(height);
    svg += QLatin1String(style);
    for (size_t i = 0; i < panels.size(); ++i)
        svg += Frame(panels[i], double(i) * panelWidth).draw();
    if (!panels.empty())
        svg += legend(panels.front().curves);
    return (svg + QStringLiteral("</svg>\n")).toUtf8();
}

} // namespace emend
