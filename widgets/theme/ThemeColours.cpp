// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/ThemeColours.h"

#include <cmath>
#include <utility>

namespace emend {

namespace {

const ThemeColours darkColours{
    .window = QColor(0x2a, 0x2a, 0x2a),
    .surround = QColor(0x1e, 0x1e, 0x1e),
    .control = QColor(0x35, 0x35, 0x35),
    .controlHover = QColor(0x40, 0x40, 0x40),
    .controlPressed = QColor(0x4a, 0x4a, 0x4a),
    .border = QColor(0x5c, 0x5c, 0x5c),
    .divider = QColor(0x3c, 0x3c, 0x3c),
    .text = QColor(0xe8, 0xe8, 0xe8),
    .secondaryText = QColor(0xac, 0xac, 0xac),
    .disabledText = QColor(0x78, 0x78, 0x78),
    .accent = QColor(0x5a, 0x66, 0xe0),
    .accentHover = QColor(0x66, 0x71, 0xe4),
    .accentPressed = QColor(0x4c, 0x57, 0xc8),
    .onAccent = QColor(0xff, 0xff, 0xff),
    .accentText = QColor(0xa3, 0xab, 0xff),
    .warning = QColor(0xe8, 0xb0, 0x4a),
};

const ThemeColours lightColours{
    .window = QColor(0xf2, 0xf2, 0xf2),
    .surround = QColor(0x4a, 0x4a, 0x4a),
    .control = QColor(0xfc, 0xfc, 0xfc),
    .controlHover = QColor(0xe8, 0xe8, 0xe8),
    .controlPressed = QColor(0xdc, 0xdc, 0xdc),
    .border = QColor(0xa8, 0xa8, 0xa8),
    .divider = QColor(0xd6, 0xd6, 0xd6),
    .text = QColor(0x1c, 0x1c, 0x1c),
    .secondaryText = QColor(0x56, 0x56, 0x56),
    .disabledText = QColor(0x92, 0x92, 0x92),
    .accent = QColor(0x46, 0x52, 0xcc),
    .accentHover = QColor(0x53, 0x5f, 0xd8),
    .accentPressed = QColor(0x3a, 0x45, 0xb4),
    .onAccent = QColor(0xff, 0xff, 0xff),
    .accentText = QColor(0x3a, 0x45, 0xb4),
    .warning = QColor(0x8a, 0x5a, 0x00),
};

double luminance(const QColor& colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

const ThemeColours& themeColours(ColourScheme scheme)
{
    return scheme == ColourScheme::dark ? darkColours : lightColours;
}

const ThemeColours& themeColours(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkColours : lightColours;
}

QPalette themePalette(ColourScheme scheme)
{
    const ThemeColours& c = themeColours(scheme);
    QPalette palette(c.text, c.control, c.controlHover, c.divider, c.border, c.text, c.text,
                     c.control, c.window);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accentText);
    palette.setColor(QPalette::LinkVisited, c.accentText);
    palette.setColor(QPalette::PlaceholderText, c.secondaryText);
    palette.setColor(QPalette::ToolTipBase, c.controlHover);
    palette.setColor(QPalette::ToolTipText, c.text);
    for (QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, c.disabledText);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.divider);
    return palette;
}

double contrastRatio(const QColor& first, const QColor& second)
{
    double lighter = luminance(first);
    double darker = luminance(second);
    if (lighter < darker)
        std::swap(lighter, darker);
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace emend
