// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectSchema.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <map>

namespace emend {

namespace {

constexpr quint32 applicationId = 0x454D4E44; // "EMND"
constexpr qint64 versionOffset = 60;
constexpr qint64 applicationIdOffset = 68;
constexpr qint64 headBytes = 100;

struct Table
{
    const char* name;
    const char* sql;
};

// meta     small things by name: classes, source, voxel size, view, where the history stands
// tile     one version of a tile of labels
// label    which tile stands where now (key: slice, row, column)
// step     one step of the history; tiles and digest vouch for its step_tile rows
// step_tile what a step changed: tile numbers before and after, 0 = untouched
// prediction what a model said about a slice; the row with the highest id counts
// model    a version of the model
// piece    parts of what is too long for one row: predictions, models
constexpr Table tables[] = {
    {"meta", "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB, sum INTEGER) WITHOUT ROWID"},
    {"tile", "CREATE TABLE tile(id INTEGER PRIMARY KEY, sum INTEGER, data BLOB)"},
    {"label", "CREATE TABLE label(key INTEGER PRIMARY KEY, tile INTEGER, states INTEGER, "
              "sum INTEGER)"},
    {"step", "CREATE TABLE step(id INTEGER PRIMARY KEY, time INTEGER, text TEXT, classes BLOB, "
             "tiles INTEGER, digest INTEGER, sum INTEGER)"},
    {"step_tile", "CREATE TABLE step_tile(step INTEGER, key INTEGER, before INTEGER, "
                  "before_states INTEGER, after INTEGER, after_states INTEGER, sum INTEGER, "
                  "PRIMARY KEY(step, key)) WITHOUT ROWID"},
    {"prediction", "CREATE TABLE prediction(id INTEGER PRIMARY KEY, z INTEGER, "
                   "classes INTEGER, unsure INTEGER, first INTEGER, pieces INTEGER, "
                   "sum INTEGER)"},
    {"model", "CREATE TABLE model(id INTEGER PRIMARY KEY, name TEXT, notes BLOB, "
              "first INTEGER, pieces INTEGER, sum INTEGER)"},
    {"piece", "CREATE TABLE piece(id INTEGER PRIMARY KEY, sum INTEGER, data BLOB)"},
};

QByteArray headOf(const QString& path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(headBytes)
                                                                      : QByteArray();
}

QString notOurs(const QString& path)
{
    return QCoreApplication::translate("ProjectSchema",
                                       "%1 is no Emend project. Open the stack itself instead.")
        .arg(QFileInfo(path).fileName());
}

} // namespace

void ProjectSchema::create(Database& database)
{
    database.execute("PRAGMA page_size=4096; PRAGMA encoding='UTF-8';");
    Transaction transaction(database);
    for (const Table& table : tables)
        database.execute(table.sql);
    database.execute(QStringLiteral("PRAGMA application_id=%1; PRAGMA user_version=%2")
                         .arg(applicationId)
                         .arg(version)
                         .toLatin1()
                         .constData());
    transaction.commit();
}

ProjectSchema::Kind ProjectSchema::kindOf(const QString& path)
{
    const QByteArray head = headOf(path);
    const QFileInfo file(path);
    if (file.isFile() && file.isReadable() && file.size() == 0)
        return Kind::empty;
    const bool isSqlite =
        head.size() == headBytes && head.startsWith(QByteArray("SQLite format 3\0", 16));
    if (!isSqlite)
        return Kind::other;
    return qFromBigEndian<quint32>(head.constData() + applicationIdOffset) == applicationId
               ? Kind::project
               : Kind::other;
}

int ProjectSchema::versionOf(const QString& path)
{
    const QByteArray head = headOf(path);
    return head.size() < headBytes ? 0
                                   : int(qFromBigEndian<quint32>(head.constData() + versionOffset));
}

int ProjectSchema::check(Database& database)
{
    if (database.number("PRAGMA application_id") != applicationId)
        throw Error(notOurs(database.path()));
    const int found = int(database.number("PRAGMA user_version"));
    if (found > version)
        return found;
    std::map<QString, QString> expected;
    for (const Table& table : tables)
        expected[QString::fromLatin1(table.name)] = QString::fromLatin1(table.sql);
    Statement all(database, "SELECT name, sql FROM sqlite_schema");
    size_t count = 0;
    while (all.step()) {
        const auto table = expected.find(all.text(0));
        if (table == expected.end() || table->second != all.text(1))
            throw Error(notOurs(database.path()));
        ++count;
    }
    if (count != expected.size())
        throw Error(notOurs(database.path()));
    return found;
}

} // namespace emend
