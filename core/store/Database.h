// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Error.h"

#include <QByteArray>
#include <QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace emend {

/// What SQLite refused, with its extended result code.
class DatabaseError : public Error
{
public:
    DatabaseError(QString text, int code)
        : Error(std::move(text))
        , m_code(code)
    {
    }

    int code() const { return m_code; }

    /// No space left: nothing is broken, the same can be tried again.
    bool isFull() const;

    /// What the file says contradicts itself.
    bool isDamage() const;

    /// Another program has the file.
    bool isBusy() const;

private:
    int m_code;
};

/// One connection to one SQLite file, set up for files that nobody vouches for. One thread.
class Database
{
public:
    enum class Access {
        readWrite, ///< alone, with write-ahead log, each commit synced
        readOnly,  ///< of a file without a log that nobody else writes
        create     ///< a new file, with a rollback journal until it is opened again
    };

    Database(const QString& path, Access access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const QString& path() const { return m_path; }

    void execute(const char* sql);

    /// The first column of the first row; 0 without a row.
    qint64 number(const QByteArray& sql);

    /// Bytes of the write-ahead log that are not yet in the file itself. The log's own size says
    /// nothing: it stays when it is written from its beginning again.
    qint64 logBytes() const { return m_logPages * m_pageBytes; }

    enum class Checkpoint { passive, truncate };

    /// Brings the log into the file. False: not all of it could be.
    bool checkpoint(Checkpoint mode);

    /// Closing leaves the log as it is.
    void keepLog();

    /// Removes what SQLite leaves beside a file where it could not finish. Only of a file that
    /// is given up, or that it has left whole.
    static void removeLogs(const QString& path);

    /// Into a file that is replaced, with what is still in the log.
    void copyTo(const QString& path);

    sqlite3* handle() const { return m_handle; }

    /// Throws the DatabaseError of the last call.
    [[noreturn]] void fail() const;

private:
    void open(int flags, const QString& name);
    void setUp(Access access);

    QString m_path;
    sqlite3* m_handle = nullptr;
    qint64 m_pageBytes = 0;
    qint64 m_logPages = 0;
};

/// A prepared statement, to be used again and again. Lives no longer than its database.
class Statement
{
public:
    Statement(Database& database, const QByteArray& sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Values for ?1, ?2, ...; bytes and text are not copied and must live until the next bind().
    template <typename... Values>
    Statement& bind(const Values&... values)
    {
        reset();
        int index = 0;
        (bindAt(++index, values), ...);
        return *this;
    }

    /// True: there is a row. Throws DatabaseError.
    bool step();

    /// For a statement without rows.
    void run();

    /// When no more rows are wanted: else it holds its transaction open.
    void finish() { reset(); }

    qint64 number(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const; ///< a copy

private:
    void reset();
    void bindAt(int index, qint64 value);
    void bindAt(int index, const QByteArray& value);
    void bindAt(int index, const QString& value);

    Database& m_database;
    sqlite3_stmt* m_handle = nullptr;
};

/// All or nothing: what is not committed when it ends never happened.
class Transaction
{
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Database& m_database;
    bool m_isOpen = true;
};

} // namespace emend
