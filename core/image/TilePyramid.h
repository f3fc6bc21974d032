// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/image/TileCache.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace emend {

/// The tiles of all slices and levels of one stack: from the cache, or made from the source.
///
/// A tile of a coarser level is made from the pixels themselves, so that it holds their exact
/// means whatever is in the cache. Any thread; the same tile is not made twice at once.
class TilePyramid
{
public:
    using Tile = std::shared_ptr<const PixelTile>;

    /// Tiles that were made together, for a caller who wants more of them.
    struct Batch
    {
        std::vector<std::pair<PixelTileKey, Tile>> tiles;

        Tile find(const PixelTileKey& key) const;
    };

    TilePyramid(VolumeSize size, int bytesPerPixel, std::unique_ptr<SliceSource> source,
                qint64 cacheBytes);

    /// The tile, which may come out of batch; what has to be made is left in batch.
    Tile tile(const PixelTileKey& key, Batch& batch);

    /// The tile when it is in the cache, else null. Never decodes.
    Tile cachedTile(const PixelTileKey& key) { return m_cache.find(key); }

    qint64 cachedBytes() const { return m_cache.byteCount(); }

private:
    class TileSheet; // in TilePyramid.cpp

    Rect pixelsOfTile(int level, int column, int row) const;
    Rect tilesMadeWith(const PixelTileKey& key) const;
    Batch make(const PixelTileKey& first, Rect tiles);
    void fill(TileSheet& sheet, int z, int level, Rect tiles);
    void readRows(int z, int level, Rect rows, quint16* out);
    bool readCachedPixels(int z, Rect rect, quint16* out);
    void beginMaking(const PixelTileKey& first);
    void endMaking(const PixelTileKey& first);

    VolumeSize m_size;
    int m_bytesPerPixel;
    std::unique_ptr<SliceSource> m_source;
    Rect m_block;
    TileCache m_cache;
    std::mutex m_makingMutex;
    std::condition_variable m_made;
    std::vector<PixelTileKey> m_making;
};

} // namespace emend
