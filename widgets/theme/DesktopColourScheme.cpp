// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/DesktopColourScheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QFileInfo>
#include <QStandardPaths>

namespace emend {

namespace {

constexpr int patienceMs = 250;

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

/// Without this look libdbus would start a bus of its own, which takes long.
bool hasSessionBus()
{
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

std::optional<ColourScheme> schemeFrom(QVariant value)
{
    // The portal wraps the number in a variant, older ones in two.
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    switch (value.toUInt()) {
    case 1:
        return ColourScheme::dark;
    case 2:
        return ColourScheme::light;
    default:
        return {};
    }
}

} // namespace

DesktopColourScheme::DesktopColourScheme(QObject* parent)
    : QObject(parent)
{
    if (!hasSessionBus())
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage question =
        QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    question.setArguments({group, key});
    const QDBusMessage answer = bus.call(question, QDBus::Block, patienceMs);
    if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty())
        m_scheme = schemeFrom(answer.arguments().constFirst());
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
}

void DesktopColourScheme::onSettingChanged(const QString& changedGroup, const QString& changedKey,
                                           const QDBusVariant& value)
{
    if (changedGroup != group || changedKey != key)
        return;
    m_scheme = schemeFrom(QVariant::fromValue(value));
    Q_EMIT changed();
}

} // namespace emend
