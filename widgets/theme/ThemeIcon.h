// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace emend {

/// One of our own icons (resources/icons), in the text colour of the theme of the moment: it
/// follows when the theme changes, and is drawn anew for every size and pixel ratio.
QIcon themeIcon(const QString& name);

/// Two icons for a button that can be checked.
QIcon themeIcon(const QString& uncheckedName, const QString& checkedName);

/// The icon in a colour of its own, size in device-independent pixels.
QPixmap themePixmap(const QString& name, int sizePx, const QColor& colour, double pixelRatio);

} // namespace emend
