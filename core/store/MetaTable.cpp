// SPDX-License-Identifier: Apache-2.0
#include "core/store/MetaTable.h"

#include "core/store/ProjectSchema.h"
#include "core/store/TileCodec.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <sqlite3.h>

namespace emend {

namespace {

const QString oldestReaderName = QStringLiteral("oldestReader");

qint64 sumOf(const QString& name, const QByteArray& value)
{
    return checksum(value, checksum(name.toUtf8(), 0));
}

QJsonObject objectOf(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray textOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonArray arrayOf(const ClassTable& classes)
{
    QJsonArray array;
    for (int index = 1; index <= classes.count(); ++index) {
        const LabelClass& one = classes.at(index);
        array.append(QJsonObject{{QStringLiteral("name"), one.name},
                                 {QStringLiteral("rgb"), qint64(one.rgb)},
                                 {QStringLiteral("visible"), one.isVisible},
                                 {QStringLiteral("locked"), one.isLocked}});
    }
    return array;
}

std::optional<ClassTable> classesOf(const QJsonValue& value)
{
    const QJsonArray array = value.toArray();
    if (!value.isArray() || array.size() > Label::maximumClass)
        return {};
    ClassTable classes;
    for (const QJsonValue& one : array)
        classes.add({one[QStringLiteral("name")].toString(),
                     std::uint32_t(one[QStringLiteral("rgb")].toInteger()) & 0xffffff,
                     one[QStringLiteral("visible")].toBool(true),
                     one[QStringLiteral("locked")].toBool(false)});
    return classes;
}

} // namespace

void setOrigin(MetaTable& meta)
{
    meta.set(QStringLiteral("createdBy"), "Emend");
    meta.setNumber(oldestReaderName, ProjectSchema::oldestReader);
}

std::optional<qint64> oldestReaderOf(MetaTable& meta)
{
    return meta.number(oldestReaderName);
}

void failDamaged(const Database& database)
{
    throw DatabaseError(QCoreApplication::translate(
                            "Database", "%1 is damaged. What is intact can be brought into a new "
                                        "project: emend-cli repair %1 -o NEW.emend")
                            .arg(QFileInfo(database.path()).fileName()),
                        SQLITE_CORRUPT);
}

MetaTable::MetaTable(Database& database)
    : m_database(database)
    , m_get(database, "SELECT value, sum FROM meta WHERE name=?1")
    , m_set(database, "INSERT OR REPLACE INTO meta VALUES(?1, ?2, ?3)")
{
}

std::optional<QByteArray> MetaTable::get(const QString& name)
{
    if (!m_get.bind(name).step())
        return {};
    const QByteArray value = m_get.bytes(0);
    const bool isIntact = m_get.number(1) == sumOf(name, value);
    m_get.finish();
    if (!isIntact)
        failDamaged(m_database);
    return value;
}

void MetaTable::set(const QString& name, const QByteArray& value)
{
    m_set.bind(name, value, sumOf(name, value)).run();
}

std::optional<qint64> MetaTable::number(const QString& name)
{
    const auto value = get(name);
    return value ? std::optional(value->toLongLong()) : std::nullopt;
}

void MetaTable::setNumber(const QString& name, qint64 value)
{
    set(name, QByteArray::number(value));
}

QByteArray toJson(const ClassTable& classes)
{
    return textOf({{QStringLiteral("classes"), arrayOf(classes)}});
}

QByteArray toJson(const SourceRecord& source)
{
    return textOf({{QStringLiteral("absolutePath"), source.absolutePath},
                   {QStringLiteral("relativePath"), source.relativePath},
                   {QStringLiteral("bytes"), source.bytes},
                   {QStringLiteral("modified"), source.modified.toString(Qt::ISODateWithMs)},
                   {QStringLiteral("headHash"), QString::fromLatin1(source.headHash.toHex())},
                   {QStringLiteral("width"), source.size.width},
                   {QStringLiteral("height"), source.size.height},
                   {QStringLiteral("slices"), source.size.slices}});
}

QByteArray toJson(const std::optional<ClassChange>& change)
{
    if (!change)
        return {};
    return textOf({{QStringLiteral("before"), arrayOf(change->before)},
                   {QStringLiteral("after"), arrayOf(change->after)}});
}

std::optional<ClassTable> classesFromJson(const QByteArray& json)
{
    return classesOf(objectOf(json)[QStringLiteral("classes")]);
}

std::optional<SourceRecord> sourceFromJson(const QByteArray& json)
{
    const QJsonObject object = objectOf(json);
    SourceRecord source;
    source.absolutePath = object[QStringLiteral("absolutePath")].toString();
    source.relativePath = object[QStringLiteral("relativePath")].toString();
    source.bytes = object[QStringLiteral("bytes")].toInteger();
    source.modified =
        QDateTime::fromString(object[QStringLiteral("modified")].toString(), Qt::ISODateWithMs);
    source.headHash = QByteArray::fromHex(object[QStringLiteral("headHash")].toString().toLatin1());
    source.size = {object[QStringLiteral("width")].toInt(),
                   object[QStringLiteral("height")].toInt(),
                   object[QStringLiteral("slices")].toInt()};
    const VolumeSize size = source.size;
    constexpr int largest = 262'144; // as for stacks
    const bool isSane = size.width > 0 && size.height > 0 && size.slices > 0 &&
                        size.width <= largest && size.height <= largest && size.slices <= largest;
    return isSane ? std::optional(source) : std::nullopt;
}

std::optional<ClassChange> classChangeFromJson(const QByteArray& json)
{
    const QJsonObject object = objectOf(json);
    auto before = classesOf(object[QStringLiteral("before")]);
    auto after = classesOf(object[QStringLiteral("after")]);
    if (!before || !after)
        return {};
    return ClassChange{std::move(*before), std::move(*after)};
}

} // namespace emend
