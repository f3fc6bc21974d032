// SPDX-License-Identifier: Apache-2.0
#include "core/store/LabelTable.h"

#include "core/store/TileCodec.h"

#include <QUuid>

#include <array>

namespace emend {

namespace {

qint64 sumOf(qint64 key, TileNumber tile)
{
    return checksum(std::array{key, tile.id, tile.states});
}

} // namespace

LabelTable::LabelTable(Database& database, MetaTable& meta)
    : m_database(database)
    , m_meta(meta)
    , m_add(database, "INSERT INTO tile VALUES(?1, ?2, ?3)")
    , m_tile(database, "SELECT sum, data FROM tile WHERE id=?1")
    , m_remove(database, "DELETE FROM tile WHERE id=?1")
    , m_get(database, "SELECT sum FROM label WHERE key=?1")
    , m_set(database, "INSERT OR REPLACE INTO label VALUES(?1, ?2, ?3, ?4)")
    , m_clear(database, "DELETE FROM label WHERE key=?1")
    , m_lastId(database.number("SELECT max(id) FROM tile"))
{
    readDigest();
    if (m_projectId.isEmpty())
        m_projectId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

TileNumber LabelTable::add(const LabelTile& tile)
{
    const QByteArray data = packed(tile);
    const TileNumber number{++m_lastId, packedStates(countedStates(tile))};
    m_add.bind(number.id, checksum(data, number.id), data).run();
    return number;
}

std::shared_ptr<const LabelTile> LabelTable::tile(qint64 id)
{
    try {
        if (!m_tile.bind(id).step())
            return nullptr;
        const qint64 sum = m_tile.number(0);
        const QByteArray data = m_tile.bytes(1);
        m_tile.finish();
        return sum == checksum(data, id) ? unpackedTile(data) : nullptr;
    } catch (const DatabaseError& error) {
        if (error.isDamage())
            return nullptr;
        throw;
    }
}

void LabelTable::set(qint64 key, TileNumber tile)
{
    if (m_get.bind(key).step()) {
        m_digest.sums ^= m_get.number(0);
        --m_digest.rows;
    }
    m_get.finish();
    if (tile.id == 0) {
        m_clear.bind(key).run();
        return;
    }
    const qint64 sum = sumOf(key, tile);
    m_set.bind(key, tile.id, tile.states, sum).run();
    m_digest.sums ^= sum;
    ++m_digest.rows;
}

LabelVolume LabelTable::read(VolumeSize size, const std::shared_ptr<Vault<LabelTile>>& vault)
{
    LabelVolume labels(size);
    Digest found;
    Statement all(m_database, "SELECT key, tile, states, sum FROM label");
    while (all.step()) {
        const qint64 packed = all.number(0);
        const TileNumber tile{all.number(1), all.number(2)};
        const TileKey key = unpackedKey(packed);
        if (all.number(3) != sumOf(packed, tile) || tile.id <= 0 || !labels.contains(key))
            failDamaged(m_database);
        labels.setTile(key, TileRef(vault, tile.id, unpackedStates(tile.states)));
        found.sums ^= all.number(3);
        ++found.rows;
    }
    if (found != m_digest)
        failDamaged(m_database);
    return labels;
}

void LabelTable::remove(qint64 tileId)
{
    m_remove.bind(tileId).run();
}

void LabelTable::readDigest()
{
    const auto text = m_meta.get(digestName());
    const QList<QByteArray> parts = text ? text->split(' ') : QList<QByteArray>();
    m_digest = {};
    if (parts.size() != 3)
        return;
    m_projectId = parts[0];
    m_digest = {parts[1].toLongLong(), parts[2].toLongLong()};
}

void LabelTable::writeDigest()
{
    m_meta.set(digestName(), m_projectId + ' ' + QByteArray::number(m_digest.sums) + ' ' +
                                 QByteArray::number(m_digest.rows));
}

} // namespace emend
