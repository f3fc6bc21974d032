// SPDX-License-Identifier: Apache-2.0
#include "app/window/RecentStacks.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace emend {

namespace {

const QString arrayName = QStringLiteral("recent");
const QSize pictureSize(288, 216);

} // namespace

QString RecentStacks::Entry::name() const
{
    return QFileInfo(path).fileName();
}

std::vector<RecentStacks::Entry> RecentStacks::entries() const
{
    QSettings settings;
    std::vector<Entry> entries;
    const int count = std::min(most, settings.beginReadArray(arrayName));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        Entry entry;
        entry.path = settings.value(QStringLiteral("path")).toString();
        entry.opened = settings.value(QStringLiteral("opened")).toDateTime();
        entry.isThere = QFileInfo::exists(entry.path);
        if (!entry.path.isEmpty())
            entries.push_back(entry);
    }
    return entries;
}

void RecentStacks::add(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    std::vector<Entry> kept = entries();
    std::erase_if(kept, [&](const Entry& entry) { return entry.path == absolute; });
    kept.insert(kept.begin(), Entry{absolute, QDateTime::currentDateTimeUtc(), true});
    while (kept.size() > size_t(most)) {
        QFile::remove(picturePath(kept.back().path));
        kept.pop_back();
    }
    write(kept);
}

void RecentStacks::clear()
{
    for (const Entry& entry : entries())
        QFile::remove(picturePath(entry.path));
    write({});
}

void RecentStacks::write(const std::vector<Entry>& entries)
{
    QSettings settings;
    settings.remove(arrayName);
    settings.beginWriteArray(arrayName, int(entries.size()));
    for (int i = 0; i < int(entries.size()); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QStringLiteral("path"), entries[size_t(i)].path);
        settings.setValue(QStringLiteral("opened"), entries[size_t(i)].opened);
    }
    settings.endArray();
}

QString RecentStacks::picturePath(const QString& path)
{
    const QByteArray hash =
        QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex();
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) +
           QStringLiteral("/pictures/%1.png").arg(QString::fromLatin1(hash));
}

QImage RecentStacks::picture(const QString& path) const
{
    return QImage(picturePath(path));
}

void RecentStacks::setPicture(const QString& path, const QImage& picture)
{
    const QString file = picturePath(QFileInfo(path).absoluteFilePath());
    if (picture.isNull() || !QDir().mkpath(QFileInfo(file).path()))
        return;
    const QImage filled =
        picture.scaled(pictureSize, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((filled.width() - pictureSize.width()) / 2,
                        (filled.height() - pictureSize.height()) / 2);
    // A picture that cannot be written is a picture less, no more.
    filled.copy(QRect(corner, pictureSize)).save(file);
}

} // namespace emend
