// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace emend {

/// Grey pixels of one rectangle, row after row, in the stack's own range (0..255 or 0..65535).
struct GreyImage
{
    int width = 0;
    int height = 0;
    std::vector<quint16> pixels;

    quint16 at(int x, int y) const { return pixels[size_t(y) * size_t(width) + size_t(x)]; }
};

/// What is known of a stack before its pixels are read.
struct StackInfo
{
    VolumeSize size;
    int bitsPerPixel = 8;    ///< 8 or 16
    VoxelSize voxelSize;     ///< 0 where unknown
    QString voxelSizeSource; ///< where the voxel size comes from ("ImageJ description"), or empty
    QString name;            ///< file or folder name without its path
    QStringList notes;       ///< what the user should know: files left out, a mapping, a cut file
};

/// Decodes rectangles of slices from a file, or from memory. Owned by one ImageStack, which may
/// call it from several threads at once: implementations lock what cannot be shared.
class SliceSource
{
public:
    virtual ~SliceSource() = default;

    /// Writes rect (inside the slice) of slice z into out, rect.width * rect.height pixels, row
    /// after row. Throws Error when the file cannot be read any more.
    virtual void read(int z, Rect rect, quint16* out) = 0;

    /// Rectangles aligned to this many pixels are cheapest to read; a strip of a TIFF is
    /// {full width, rows}.
    virtual Rect preferredBlock() const { return {0, 0, 256, 256}; }
};

/// A stack of grey slices, never written.
///
/// Shared as std::shared_ptr<const ImageStack>; every function may be called from any thread.
/// Pixels pass through one bounded cache of tiles, so that a stack, and a single section, may be
/// larger than memory.
class ImageStack
{
public:
    static constexpr qint64 defaultCacheBytes = 512ll << 20;

    ImageStack(StackInfo info, std::unique_ptr<SliceSource> source,
               qint64 cacheBytes = defaultCacheBytes);
    ~ImageStack();

    const StackInfo& info() const;

    VolumeSize size() const { return info().size; }

    int maximumGrey() const { return info().bitsPerPixel == 8 ? 255 : 65535; }

    /// The pixels of rect (in pixels of the slice, clipped to it) at a scale of 1, 2, 4, 8, ...:
    /// each pixel of the answer is the mean of scale x scale pixels whose origin is a multiple of
    /// scale. The answer is ceil(right / scale) - floor(x / scale) pixels wide. Throws Error when
    /// the file cannot be read.
    GreyImage read(int z, Rect rect, int scale = 1) const;

    /// The same, but only when every tile of it is in the cache already; returns false otherwise.
    /// Never decodes, so the GUI thread may call it.
    bool readCached(int z, Rect rect, int scale, GreyImage& out) const;

    /// Bytes that the tile cache holds now; at most the cacheBytes of the constructor.
    qint64 cachedBytes() const;

private:
    struct Cache; // in ImageStack.cpp
    StackInfo m_info;
    std::unique_ptr<Cache> m_cache;
};

/// A stack that lives in memory: one vector a slice. For tests and for drawn samples.
std::shared_ptr<const ImageStack> makeMemoryStack(StackInfo info,
                                                  std::vector<std::vector<quint16>> slices);

} // namespace emend
