// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/Database.h"
#include "core/store/ProjectRecords.h"

#include <optional>

namespace emend {

/// The small things of a project by name. Storage thread; within the caller's transaction.
class MetaTable
{
public:
    explicit MetaTable(Database& database);

    /// Empty: it was never set. Throws DatabaseError where the row is damaged.
    std::optional<QByteArray> get(const QString& name);
    void set(const QString& name, const QByteArray& value);

    std::optional<qint64> number(const QString& name);
    void setNumber(const QString& name, qint64 value);

private:
    Database& m_database;
    Statement m_get;
    Statement m_set;
};

/// Which program made the file, and which version of the format its readers must know at least.
void setOrigin(MetaTable& meta);
std::optional<qint64> oldestReaderOf(MetaTable& meta);

/// Throws what a file that contradicts itself deserves.
[[noreturn]] void failDamaged(const Database& database);

/// As the file has them: JSON.
QByteArray toJson(const ClassTable& classes);
QByteArray toJson(const SourceRecord& source);
QByteArray toJson(const std::optional<ClassChange>& change);

/// Empty where the text is not what toJson() writes.
std::optional<ClassTable> classesFromJson(const QByteArray& json);
std::optional<SourceRecord> sourceFromJson(const QByteArray& json);
std::optional<ClassChange> classChangeFromJson(const QByteArray& json);

} // namespace emend
