// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CurvePlot.h"

#include "app/cli/SvgParts.h"

#include <QRectF>

#include <algorithm>
#include <array>
#include <cmath>

namespace emend {

namespace {

using namespace svg;

constexpr int panelWidth = 320;
constexpr int height = 300;
constexpr QRectF axes(48, 36, panelWidth - 60, height - 110); ///< within a panel

constexpr double leastRange = 0.004; ///< what is flat is shown flat

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
        return QStringLiteral("<path fill=\"none\" class=\"c%1\" d=\"%2%3\"/>\n")
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
        svg += QStringLiteral("<path fill=\"none\" class=\"c%1\" d=\"M%2 %3h24%4\"/>\n")
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
    QString content;
    for (size_t i = 0; i < panels.size(); ++i)
        content += Frame(panels[i], double(i) * panelWidth).draw();
    if (!panels.empty())
        content += legend(panels.front().curves);
    return picture(panelWidth * int(panels.size()), height, content);
}

} // namespace emend
