// SPDX-License-Identifier: Apache-2.0
#include "core/labels/TileRef.h"

#include <cstring>
#include <limits>

namespace emend {

namespace {

/// The sum of the eight bytes of a word.
int sumOfBytes(quint64 word)
{
    constexpr quint64 evenBytes = 0x00FF00FF00FF00FF;
    const quint64 pairs = (word & evenBytes) + ((word >> 8) & evenBytes);
    return int((pairs * 0x0001000100010001) >> 48);
}

std::shared_ptr<const LabelTile> untouchedTile()
{
    static const auto tile = std::make_shared<const LabelTile>();
    return tile;
}

} // namespace

// Eight labels at a time: this runs for every tile of every mouse move while painting.
StateCounts countedStates(const LabelTile& tile)
{
    constexpr quint64 lowBits = 0x0101010101010101;
    constexpr size_t wordsAtOnce = 32; // few enough that no byte overflows
    const auto* bytes = reinterpret_cast<const char*>(tile.labels.data());
    StateCounts counts = {};
    for (size_t i = 0; i < tile.labels.size(); i += wordsAtOnce * sizeof(quint64)) {
        quint64 sums[3] = {};
        for (size_t k = 0; k < wordsAtOnce; ++k) {
            quint64 word = 0;
            std::memcpy(&word, bytes + i + k * sizeof word, sizeof word);
            const quint64 low = (word >> 6) & lowBits;
            const quint64 high = (word >> 7) & lowBits;
            sums[0] += low & ~high;
            sums[1] += high & ~low;
            sums[2] += high & low;
        }
        for (size_t state = 0; state < counts.size(); ++state)
            counts[state] += sumOfBytes(sums[state]);
    }
    return counts;
}

struct TileRef::Tile
{
    Tile(std::shared_ptr<const LabelTile> labels)
        : states(countedStates(*labels))
        , stored(std::move(labels))
    {
    }

    Tile(std::shared_ptr<Vault<LabelTile>> vault, qint64 id, StateCounts counted)
        : states(counted)
        , stored(std::move(vault), id)
    {
    }

    StateCounts states;
    Stored<LabelTile> stored;
};

TileRef::TileRef(std::shared_ptr<const LabelTile> labels)
{
    if (labels)
        m_tile = std::make_shared<Tile>(std::move(labels));
}

TileRef::TileRef(std::shared_ptr<Vault<LabelTile>> vault, qint64 id, StateCounts states)
    : m_tile(std::make_shared<Tile>(std::move(vault), id, states))
{
}

std::shared_ptr<const LabelTile> TileRef::labels() const
{
    auto labels = m_tile->stored.value();
    return labels ? labels : untouchedTile();
}

bool TileRef::isDamaged() const
{
    return m_tile && !m_tile->stored.value();
}

StateCounts TileRef::states() const
{
    return m_tile ? m_tile->states : StateCounts{};
}

qint64 TileRef::writeOrder() const
{
    if (!m_tile)
        return 0;
    const qint64 id = m_tile->stored.id();
    return id != 0 ? id : std::numeric_limits<qint64>::max();
}

Stored<LabelTile>& TileRef::stored() const
{
    return m_tile->stored;
}

} // namespace emend
