// SPDX-License-Identifier: Apache-2.0
#include "core/image/TileCache.h"

#include <cstring>

namespace emend {

GreyTile GreyTile::fromPixels(int width, int height, int bytesPerPixel, const quint16* pixels)
{
    GreyTile tile{width, height, bytesPerPixel, {}};
    const size_t count = size_t(width) * size_t(height);
    tile.bytes.resize(count * size_t(bytesPerPixel));
    if (bytesPerPixel == 1)
        std::copy(pixels, pixels + count, tile.bytes.begin());
    else
        std::memcpy(tile.bytes.data(), pixels, tile.bytes.size());
    return tile;
}

quint16 GreyTile::at(int x, int y) const
{
    quint16 pixel = 0;
    copyRow(x, y, 1, &pixel);
    return pixel;
}

void GreyTile::copyRow(int x, int y, int count, quint16* out) const
{
    const quint8* from = bytes.data() + (size_t(y) * size_t(width) + size_t(x)) * size_t(bytesPerPixel);
    if (bytesPerPixel == 1)
        std::copy(from, from + count, out);
    else
        std::memcpy(out, from, size_t(count) * 2);
}

std::shared_ptr<const GreyTile> TileCache::find(const Key& key)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_tiles.find(key);
    if (found == m_tiles.end())
        return nullptr;
    m_order.splice(m_order.begin(), m_order, found->second.place);
    return found->second.tile;
}

void TileCache::insert(const Key& key, std::shared_ptr<const GreyTile> tile)
{
    const std::lock_guard lock(m_mutex);
    if (m_tiles.contains(key))
        return; // another thread was faster
    m_bytes += qint64(tile->bytes.size());
    m_order.push_front(key);
    m_tiles[key] = {std::move(tile), m_order.begin()};
    dropOldest();
}

qint64 TileCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

void TileCache::dropOldest()
{
    while (m_bytes > m_maximumBytes && m_order.size() > 1) {
        const auto oldest = m_tiles.find(m_order.back());
        m_bytes -= qint64(oldest->second.tile->bytes.size());
        m_tiles.erase(oldest);
        m_order.pop_back();
    }
}

} // namespace emend
