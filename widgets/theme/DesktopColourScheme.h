// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme/ThemeColours.h"

#include <QObject>

#include <optional>

class QDBusVariant;

namespace emend {

/// What the desktop asks for: dark or light windows. Heard from the desktop portal, at once when
/// the user changes it there. GUI thread.
class DesktopColourScheme : public QObject
{
    Q_OBJECT

public:
    /// Asks the portal, for at most a quarter of a second.
    explicit DesktopColourScheme(QObject* parent = nullptr);

    /// Empty where the desktop does not say.
    std::optional<ColourScheme> scheme() const { return m_scheme; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    std::optional<ColourScheme> m_scheme;
};

} // namespace emend
