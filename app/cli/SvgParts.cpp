// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SvgParts.h"

namespace emend::svg {

namespace {

// The accent and three colours that colour-blind people tell apart from it and each other; the
// markers differ as well.
const char* const style = R"(<style>
text { font: 12px sans-serif; fill: #565656 }
.title { font-weight: bold; fill: #1c1c1c }
.grid { stroke: #d6d6d6 } .axis { stroke: #a8a8a8 }
path { fill: none; stroke-width: 2; stroke-linejoin: round }
.c0 { stroke: #4652cc } .c1 { stroke: #b34e00 }
.c2 { stroke: #00755a } .c3 { stroke: #8a4a7d }
.b0 { fill: #4652cc } .b1 { fill: #b34e00 } .b2 { fill: #00755a } .b3 { fill: #8a4a7d }
@media (prefers-color-scheme: dark) {
text { fill: #acacac } .title { fill: #e8e8e8 }
.grid { stroke: #3c3c3c } .axis { stroke: #5c5c5c }
.c0 { stroke: #a3abff } .c1 { stroke: #e69f00 } .c2 { stroke: #2fc79e } .c3 { stroke: #e2a1d2 }
.b0 { fill: #a3abff } .b1 { fill: #e69f00 } .b2 { fill: #2fc79e } .b3 { fill: #e2a1d2 }
}
</style>
)";

} // namespace

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString text(double x, double y, const char* anchor, const QString& content, const char* kind)
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

QByteArray picture(int width, int height, const QString& content)
{
    const QString opening =
        QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %2\" "
                       "width=\"%1\" height=\"%2\">\n")
            .arg(width)
            .arg(height);
    return (opening + QLatin1String(style) + content + QStringLiteral("</svg>\n")).toUtf8();
}

} // namespace emend::svg
