// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

namespace emend {

enum class ColourScheme { dark, light };

/// Every colour of the window. Greys have no tint, because people judge grey values beside them.
struct ThemeColours
{
    QColor window;   ///< panels, bars
    QColor surround; ///< around the section; dark grey in both schemes
    QColor control;  ///< buttons, fields
    QColor controlHover;
    QColor controlPressed;
    QColor border;  ///< outlines of controls: 3 : 1 where they carry meaning
    QColor divider; ///< lines between areas
    QColor text;
    QColor secondaryText;
    QColor disabledText;
    QColor accent; ///< the one filled button, sliders, the current thing
    QColor accentHover;
    QColor accentPressed;
    QColor onAccent;   ///< text on the accent
    QColor accentText; ///< the accent as a line or as text on the window's grey
    QColor warning;
};

const ThemeColours& themeColours(ColourScheme scheme);

/// The colours that belong to a widget's palette.
const ThemeColours& themeColours(const QPalette& palette);

QPalette themePalette(ColourScheme scheme);

/// 1 .. 21, as WCAG 2 defines it.
double contrastRatio(const QColor& first, const QColor& second);

} // namespace emend
