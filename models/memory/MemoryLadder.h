// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/memory/TileChoice.h"

#include <QString>

#include <optional>

namespace emend {

/// What a prediction gives up, one after the other, each time that memory runs out: the batch is
/// halved down to one tile, the tile down to the smallest; then a graphics card no longer keeps the
/// answer; then the whole prediction moves to the CPU, where batch and tile are halved again.
/// Nothing of it changes the answer beyond the precision of the device. A value.
class MemoryLadder
{
public:
    /// How the work is done on a rung.
    struct Rung
    {
        TileChoice tiles;
        bool isOnCard = false;
        bool answerIsOnCard = false; ///< collected there, else on the CPU tile by tile

        bool operator==(const Rung&) const = default;
    };

    /// onCpu: what to begin with there, should a card be too small; empty where the CPU is what it
    /// begins with.
    MemoryLadder(Rung top, std::optional<TileChoice> onCpu, int stridePx);

    const Rung& rung() const { return m_rung; }

    /// False at the bottom: there is nothing left to give up.
    bool stepDown();

    /// For the user, where the prediction had to move to the CPU; else empty.
    QString notice() const;

private:
    bool halve();

    Rung m_rung;
    std::optional<TileChoice> m_onCpu; ///< until it is needed
    bool m_hasMoved = false;
    int m_stridePx;
};

} // namespace emend
