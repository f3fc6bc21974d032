// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace emend {

/// One tile of one level of one slice. Level n shows 2^n x 2^n pixels as one.
struct PixelTileKey
{
    int z = 0;
    int level = 0;
    int column = 0;
    int row = 0;

    bool operator==(const PixelTileKey&) const = default;
};

/// Pixels of one tile in as many bytes as the stack needs. Edge tiles are smaller.
class PixelTile
{
public:
    static constexpr int sidePx = 256;

    PixelTile(int width, int height, int bytesPerPixel)
        : m_width(width)
        , m_bytesPerPixel(bytesPerPixel)
        , m_bytes(size_t(width) * size_t(height) * size_t(bytesPerPixel))
    {
    }

    qint64 byteCount() const { return qint64(m_bytes.size()); }

    void setRow(int x, int y, int count, const quint16* pixels);
    void getRow(int x, int y, int count, quint16* pixels) const;

private:
    size_t offset(int x, int y) const
    {
        return (size_t(y) * size_t(m_width) + size_t(x)) * size_t(m_bytesPerPixel);
    }

    int m_width;
    int m_bytesPerPixel;
    std::vector<quint8> m_bytes;
};

/// Keeps the tiles used last, up to a number of bytes. Any thread.
class TileCache
{
public:
    explicit TileCache(qint64 capacityBytes)
        : m_capacityBytes(capacityBytes)
    {
    }

    /// Null when the tile is not here.
    std::shared_ptr<const PixelTile> find(const PixelTileKey& key);
    void insert(const PixelTileKey& key, std::shared_ptr<const PixelTile> tile);
    qint64 byteCount() const;

private:
    struct Entry
    {
        PixelTileKey key;
        std::shared_ptr<const PixelTile> tile;
    };

    struct KeyHash
    {
        size_t operator()(const PixelTileKey& key) const;
    };

    void dropOldest();

    qint64 m_capacityBytes;
    qint64 m_byteCount = 0;
    mutable std::mutex m_mutex;
    std::list<Entry> m_newestFirst;
    std::unordered_map<PixelTileKey, std::list<Entry>::iterator, KeyHash> m_entries;
};

} // namespace emend
