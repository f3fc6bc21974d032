// SPDX-License-Identifier: Apache-2.0
#include "core/store/TileCodec.h"

#include <QtEndian>

#include <new>

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

namespace emend {

namespace {

constexpr int level = 1; // higher ones gain little on labels and cost five times as much
constexpr int bitsOfCount = 17;

/// Zstandard's working memory, kept: it is large enough that the system would take it back after
/// each tile, and clear it anew for the next.
ZSTD_CCtx* compressor()
{
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(
        ZSTD_createCCtx(), &ZSTD_freeCCtx);
    if (!context)
        throw std::bad_alloc();
    return context.get();
}

ZSTD_DCtx* decompressor()
{
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(
        ZSTD_createDCtx(), &ZSTD_freeDCtx);
    if (!context)
        throw std::bad_alloc();
    return context.get();
}

} // namespace

qint64 checksum(const QByteArray& bytes, qint64 seed)
{
    return qint64(XXH64(bytes.constData(), size_t(bytes.size()), quint64(seed)));
}

qint64 checksum(std::span<const qint64> numbers)
{
    QByteArray bytes(qsizetype(numbers.size_bytes()), Qt::Uninitialized);
    qToLittleEndian<qint64>(numbers.data(), qsizetype(numbers.size()), bytes.data());
    return checksum(bytes, 0);
}

QByteArray packed(const LabelTile& tile)
{
    QByteArray bytes(qsizetype(ZSTD_compressBound(sizeof tile.labels)), Qt::Uninitialized);
    const size_t size = ZSTD_compressCCtx(compressor(), bytes.data(), size_t(bytes.size()),
                                          tile.labels.data(), sizeof tile.labels, level);
    if (ZSTD_isError(size))
        throw std::bad_alloc();
    return QByteArray(bytes.constData(), qsizetype(size));
}

std::shared_ptr<const LabelTile> unpackedTile(const QByteArray& bytes)
{
    auto tile = std::make_shared<LabelTile>();
    const size_t size =
        ZSTD_decompressDCtx(decompressor(), tile->labels.data(), sizeof tile->labels,
                            bytes.constData(), size_t(bytes.size()));
    return size == sizeof tile->labels ? tile : nullptr;
}

qint64 packedStates(StateCounts states)
{
    qint64 number = 0;
    for (const int count : states)
        number = number << bitsOfCount | count;
    return number;
}

StateCounts unpackedStates(qint64 number)
{
    StateCounts states = {};
    for (size_t i = states.size(); i-- > 0; number >>= bitsOfCount)
        states[i] = int(number & ((1 << bitsOfCount) - 1));
    return states;
}

qint64 packedKey(int z, int column, int row)
{
    return qint64(z) << 32 | qint64(row) << 16 | qint64(column);
}

TileKey unpackedKey(qint64 key)
{
    return {int(key >> 32), int(key & 0xffff), int((key >> 16) & 0xffff)};
}

} // namespace emend
