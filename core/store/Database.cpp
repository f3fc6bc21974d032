// SPDX-License-Identifier: Apache-2.0
#include "core/store/Database.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <cerrno>
#include <sqlite3.h>

namespace emend {

namespace {

/// Values are tiles and pieces; nothing in a project is larger.
constexpr int largestValue = 16 << 20;

QString explain(int code, const QString& path, const char* words)
{
    const QString name = QFileInfo(path).fileName();
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("Database", text);
    };
    switch (code & 0xff) {
    case SQLITE_FULL:
        return tr("There is no space left for %1. Free some, and saving goes on by itself.")
            .arg(name);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tr("%1 is open in another program. Close it there first.").arg(name);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return tr("%1 is damaged. What is intact can be brought into a new project: "
                  "emend-cli repair %1 -o NEW.emend")
            .arg(name);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return tr("%1 cannot be written. Choose a folder where you may write.").arg(name);
    case SQLITE_NOMEM:
        return tr("There is not enough memory. Close other programs.");
    default:
        break;
    }
    return tr("%1 cannot be written or read (%2). Save a copy in another place.")
        .arg(name, QString::fromUtf8(words));
}

} // namespace

bool DatabaseError::isFull() const
{
    return (m_code & 0xff) == SQLITE_FULL;
}

bool DatabaseError::isDamage() const
{
    return (m_code & 0xff) == SQLITE_CORRUPT || (m_code & 0xff) == SQLITE_NOTADB;
}

bool DatabaseError::isBusy() const
{
    return (m_code & 0xff) == SQLITE_BUSY;
}

Database::Database(const QString& path, Access access)
    : m_path(path)
{
    try {
        if (access == Access::create)
            open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path);
        else if (access == Access::readWrite)
            open(SQLITE_OPEN_READWRITE, path);
        else
            // Without "immutable" a file in WAL mode cannot be read where nothing can be written.
            open(SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                 QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath())
                                         .toEncoded(QUrl::FullyEncoded)) +
                     QStringLiteral("?immutable=1"));
        setUp(access);
    } catch (...) {
        sqlite3_close(m_handle);
        throw;
    }
}

Database::~Database()
{
    sqlite3_close(m_handle);
}

void Database::open(int flags, const QString& name)
{
    const int code =
        sqlite3_open_v2(name.toUtf8().constData(), &m_handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK)
        fail();
    sqlite3_extended_result_codes(m_handle, 1);
}

void Database::setUp(Access access)
{
    sqlite3_limit(m_handle, SQLITE_LIMIT_LENGTH, largestValue);
    sqlite3_limit(m_handle, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(m_handle, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(m_handle, SQLITE_LIMIT_EXPR_DEPTH, 20);
    sqlite3_limit(m_handle, SQLITE_LIMIT_COMPOUND_SELECT, 3);
    sqlite3_limit(m_handle, SQLITE_LIMIT_VDBE_OP, 25'000);
    sqlite3_limit(m_handle, SQLITE_LIMIT_FUNCTION_ARG, 8);
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(m_handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
    sqlite3_limit(m_handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
            "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF;");
    if (access != Access::readWrite)
        return;
    // Exclusive before the log is touched: then it needs no shared memory file beside it.
    execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864;");
    m_pageBytes = number("PRAGMA page_size");
    const auto noteLog = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Database*>(self)->m_logPages = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_handle, noteLog, this); // after the pragma, which sets a hook of its own
}

void Database::execute(const char* sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail();
}

qint64 Database::number(const QByteArray& sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.number(0) : 0;
}

bool Database::checkpoint(Checkpoint mode)
{
    const int how =
        mode == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    int pages = 0;
    int done = 0;
    if (sqlite3_wal_checkpoint_v2(m_handle, nullptr, how, &pages, &done) != SQLITE_OK)
        return false;
    m_logPages = pages - done;
    return m_logPages == 0;
}

void Database::keepLog()
{
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Database::removeLogs(const QString& path)
{
    for (const QString& log : {QStringLiteral("-journal"), QStringLiteral("-wal")})
        QFile::remove(path + log);
}

void Database::copyTo(const QString& path)
{
    Database target(path, Access::create);
    sqlite3_backup* backup = sqlite3_backup_init(target.m_handle, "main", m_handle, "main");
    if (!backup)
        target.fail();
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        target.fail();
}

void Database::fail() const
{
    const int lastError = errno; // of the log SQLite keeps none itself
    int code = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
    // To SQLite a used-up quota is any failure; to the user it is space that can be freed.
    if (code == SQLITE_IOERR_WRITE && lastError == EDQUOT)
        code = SQLITE_FULL;
    throw DatabaseError(explain(code, m_path, m_handle ? sqlite3_errmsg(m_handle) : ""), code);
}

Statement::Statement(Database& database, const QByteArray& sql)
    : m_database(database)
{
    if (sqlite3_prepare_v3(database.handle(), sql.constData(), -1, SQLITE_PREPARE_PERSISTENT,
                           &m_handle, nullptr) != SQLITE_OK)
        database.fail();
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

void Statement::reset()
{
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
}

bool Statement::step()
{
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_handle);
        return false;
    }
    try {
        m_database.fail();
    } catch (...) {
        sqlite3_reset(m_handle); // else it keeps its transaction open
        throw;
    }
}

void Statement::run()
{
    while (step()) {
    }
}

qint64 Statement::number(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(bytes(column));
}

QByteArray Statement::bytes(int column) const
{
    const void* data = sqlite3_column_blob(m_handle, column);
    return QByteArray(static_cast<const char*>(data), sqlite3_column_bytes(m_handle, column));
}

void Statement::bindAt(int index, qint64 value)
{
    if (sqlite3_bind_int64(m_handle, index, value) != SQLITE_OK)
        m_database.fail();
}

void Statement::bindAt(int index, const QByteArray& value)
{
    if (sqlite3_bind_blob64(m_handle, index, value.constData(), quint64(value.size()),
                            SQLITE_STATIC) != SQLITE_OK)
        m_database.fail();
}

void Statement::bindAt(int index, const QString& value)
{
    const QByteArray utf8 = value.toUtf8();
    if (sqlite3_bind_text(m_handle, index, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT) !=
        SQLITE_OK)
        m_database.fail();
}

Transaction::Transaction(Database& database)
    : m_database(database)
{
    database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (m_isOpen)
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit()
{
    m_database.execute("COMMIT");
    m_isOpen = false;
}

} // namespace emend
