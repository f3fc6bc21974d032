// SPDX-License-Identifier: Apache-2.0
#include "core/image/TileCache.h"

#include <algorithm>

namespace emend {

void PixelTile::setRow(int x, int y, int count, const quint16* pixels)
{
    quint8* row = m_bytes.data() + offset(x, y);
    if (m_bytesPerPixel == 2)
        std::memcpy(row, pixels, size_t(count) * 2);
    else
        std::transform(pixels, pixels + count, row, [](quint16 grey) { return quint8(grey); });
}

void PixelTile::getRow(int x, int y, int count, quint16* pixels) const
{
    const quint8* row = m_bytes.data() + offset(x, y);
    if (m_bytesPerPixel == 2)
        std::memcpy(pixels, row, size_t(count) * 2);
    else
        std::copy(row, row + count, pixels);
}

size_t TileCache::KeyHash::operator()(const PixelTileKey& key) const
{
    quint64 hash = quint64(quint32(key.z)) << 32 | quint32(key.level) << 24;
    hash ^= quint64(quint32(key.row)) << 12 ^ quint32(key.column);
    hash *= 0x9e3779b97f4a7c15ull;
    return size_t(hash ^ hash >> 29);
}

std::shared_ptr<const PixelTile> TileCache::find(const PixelTileKey& key)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    m_newestFirst.splice(m_newestFirst.begin(), m_newestFirst, found->second);
    return found->second->tile;
}

void TileCache::insert(const PixelTileKey& key, std::shared_ptr<const PixelTile> tile)
{
    const std::lock_guard lock(m_mutex);
    if (m_entries.contains(key))
        return;
    m_byteCount += tile->byteCount();
    m_newestFirst.push_front({key, std::move(tile)});
    m_entries.emplace(key, m_newestFirst.begin());
    while (m_byteCount > m_capacityBytes)
        dropOldest();
}

qint64 TileCache::byteCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_byteCount;
}

void TileCache::dropOldest()
{
    const Entry& oldest = m_newestFirst.back();
    m_byteCount -= oldest.tile->byteCount();
    m_entries.erase(oldest.key);
    m_newestFirst.pop_back();
}

} // namespace emend
