// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace emend {

/// What plots are drawn of: pieces of SVG, with colours for light and for dark pages.
namespace svg {

QString number(double value);

/// anchor: "start", "middle" or "end". kind: of the style; "title" is bold.
QString text(double x, double y, const char* anchor, const QString& content,
             const char* kind = "label");

/// kind: "grid" or "axis".
QString line(const char* kind, double x1, double y1, double x2, double y2);

/// The whole picture, with transparent ground. Paths of the kinds c0 to c3 are lines, rectangles of
/// the kinds b0 to b3 are filled, in four colours.
QByteArray picture(int width, int height, const QString& content);

} // namespace svg

} // namespace emend
