// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme/DesktopColourScheme.h"
#include "widgets/theme/ThemeColours.h"

#include <QObject>

namespace emend {

/// Gives the application its style and colours: those that the desktop asks for (dark where it
/// does not say), or those that the user chose. One for the program, on the GUI thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice { system, dark, light };

    explicit Theme(QObject* parent = nullptr);

    Choice choice() const { return m_choice; }

    void setChoice(Choice choice);

    ColourScheme scheme() const;

    /// "system", "dark", "light": for the settings. Any other word is system.
    static Choice choiceFromText(const QString& text);
    static QString textFromChoice(Choice choice);

Q_SIGNALS:
    /// The application's palette is the new one already.
    void changed();

private:
    void apply();

    DesktopColourScheme m_desktop;
    Choice m_choice = Choice::system;
};

} // namespace emend
