// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"
#include "core/store/Database.h"
#include "core/store/MetaTable.h"

namespace emend {

/// A tile's row number in the file (0: untouched) and what its pixels' states are.
struct TileNumber
{
    qint64 id = 0;
    qint64 states = 0; ///< packedStates()

    bool operator==(const TileNumber&) const = default;
};

/// The tiles of a project and which of them stands where now. Storage thread.
///
/// Writing happens within the caller's transaction: writeDigest() before its commit,
/// restore(memento()) where it failed.
class LabelTable
{
public:
    LabelTable(Database& database, MetaTable& meta);

    /// What projectId() and the sums are kept under in `meta`.
    static QString digestName() { return QStringLiteral("labels"); }

    TileNumber add(const LabelTile& tile);

    /// Null: damaged or not there.
    std::shared_ptr<const LabelTile> tile(qint64 id);

    void set(qint64 key, TileNumber tile);

    /// All labels, as tiles that are fetched when they are asked for. Throws DatabaseError where
    /// rows are missing or damaged, for then nobody knows what stands where.
    LabelVolume read(VolumeSize size, const std::shared_ptr<Vault<LabelTile>>& vault);

    void remove(qint64 tileId);

    /// Sum and count of the rows of `label`: a row that goes missing is noticed.
    struct Digest
    {
        qint64 sums = 0;
        qint64 rows = 0;

        bool operator==(const Digest&) const = default;
    };

    void writeDigest();

    /// A name that no other project has. It is written with each transaction, so that a log beside
    /// the file can be asked whose it is.
    const QByteArray& projectId() const { return m_projectId; }

    Digest memento() const { return m_digest; }

    void restore(Digest digest) { m_digest = digest; }

private:
    void readDigest();

    Database& m_database;
    MetaTable& m_meta;
    Statement m_add;
    Statement m_tile;
    Statement m_remove;
    Statement m_get;
    Statement m_set;
    Statement m_clear;
    qint64 m_lastId = 0;
    Digest m_digest;
    QByteArray m_projectId;
};

} // namespace emend
