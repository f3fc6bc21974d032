// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <compare>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace emend {

/// Pixels of one tile of one scale, kept in as many bytes as they need.
struct GreyTile
{
    int width = 0;
    int height = 0;
    int bytesPerPixel = 1;
    std::vector<quint8> bytes;

    static GreyTile fromPixels(int width, int height, int bytesPerPixel, const quint16* pixels);
    quint16 at(int x, int y) const;

    /// count pixels of row y from column x on.
    void copyRow(int x, int y, int count, quint16* out) const;
};

/// The tiles that were used last, up to a number of bytes. Any thread.
class TileCache
{
public:
    struct Key
    {
        int z = 0;
        int scale = 1;
        int column = 0;
        int row = 0;

        auto operator<=>(const Key&) const = default;
    };

    explicit TileCache(qint64 maximumBytes) : m_maximumBytes(maximumBytes) {}

    /// Null when the tile is not there.
    std::shared_ptr<const GreyTile> find(const Key& key);
    void insert(const Key& key, std::shared_ptr<const GreyTile> tile);
    qint64 bytes() const;

private:
    struct Entry
    {
        std::shared_ptr<const GreyTile> tile;
        std::list<Key>::iterator place;
    };

    void dropOldest();

    mutable std::mutex m_mutex;
    qint64 m_maximumBytes;
    qint64 m_bytes = 0;
    std::list<Key> m_order; ///< the tile used last comes first
    std::map<Key, Entry> m_tiles;
};

} // namespace emend
