// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/Theme.h"

#include "widgets/theme/EmendStyle.h"

#include <QApplication>
#include <QToolTip>

namespace emend {

Theme::Theme(QObject* parent)
    : QObject(parent)
{
    QApplication::setStyle(new EmendStyle);
    connect(&m_desktop, &DesktopColourScheme::changed, this, &Theme::apply);
    apply();
}

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    apply();
}

ColourScheme Theme::scheme() const
{
    if (m_choice == Choice::system)
        return m_desktop.scheme().value_or(ColourScheme::dark);
    return m_choice == Choice::dark ? ColourScheme::dark : ColourScheme::light;
}

void Theme::apply()
{
    const QPalette palette = themePalette(scheme());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

Theme::Choice Theme::choiceFromText(const QString& text)
{
    if (text == u"dark")
        return Choice::dark;
    return text == u"light" ? Choice::light : Choice::system;
}

QString Theme::textFromChoice(Choice choice)
{
    switch (choice) {
    case Choice::dark:
        return QStringLiteral("dark");
    case Choice::light:
        return QStringLiteral("light");
    case Choice::system:
        break;
    }
    return QStringLiteral("system");
}

} // namespace emend
