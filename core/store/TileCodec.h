// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"

#include <QByteArray>

#include <memory>
#include <span>

namespace emend {

/// How values stand in a project file: compressed by Zstandard, vouched for by xxHash (64 bit).

/// 64-bit checksum of bytes; seed says whose bytes they are, so that another row's do not pass.
qint64 checksum(const QByteArray& bytes, qint64 seed);
qint64 checksum(std::span<const qint64> numbers);

/// A tile compressed: some kilobytes.
QByteArray packed(const LabelTile& tile);

/// Null where the bytes are not those of a tile.
std::shared_ptr<const LabelTile> unpackedTile(const QByteArray& bytes);

/// The counts in one number, for a column of the file, and back.
qint64 packedStates(StateCounts states);
StateCounts unpackedStates(qint64 number);

/// A tile's place in one number: slice, row, column, so that rows of the file stand in the order
/// in which slices are read.
qint64 packedKey(int z, int column, int row);
TileKey unpackedKey(qint64 key);

} // namespace emend
