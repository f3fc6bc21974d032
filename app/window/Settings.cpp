// SPDX-License-Identifier: Apache-2.0
#include "app/window/Settings.h"

#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace emend {

Theme::Choice Settings::theme() const
{
    return Theme::choiceFromText(QSettings().value(QStringLiteral("theme")).toString());
}

void Settings::setTheme(Theme::Choice choice)
{
    QSettings().setValue(QStringLiteral("theme"), Theme::textFromChoice(choice));
}

double Settings::overlayOpacity() const
{
    const double opacity = QSettings().value(QStringLiteral("overlayOpacity"), 0.4).toDouble();
    return std::clamp(opacity, 0.0, 1.0);
}

void Settings::setOverlayOpacity(double opacity)
{
    QSettings().setValue(QStringLiteral("overlayOpacity"), opacity);
}

QString Settings::folder(const QString& kind) const
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QSettings().value(QStringLiteral("folders/") + kind, documents).toString();
}

void Settings::setFolder(const QString& kind, const QString& folder)
{
    QSettings().setValue(QStringLiteral("folders/") + kind, folder);
}

QString Settings::openProject() const
{
    return QSettings().value(QStringLiteral("openProject")).toString();
}

void Settings::setOpenProject(const QString& path)
{
    QSettings().setValue(QStringLiteral("openProject"), path);
}

QByteArray Settings::bytes(const QString& key) const
{
    return QSettings().value(QStringLiteral("window/") + key).toByteArray();
}

void Settings::setBytes(const QString& key, const QByteArray& bytes)
{
    QSettings().setValue(QStringLiteral("window/") + key, bytes);
}

} // namespace emend
