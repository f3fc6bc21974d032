// SPDX-License-Identifier: Apache-2.0
#include "models/memory/MemoryLadder.h"

#include <QCoreApplication>

#include <utility>

namespace emend {

MemoryLadder::MemoryLadder(Rung top, std::optional<TileChoice> onCpu, int stridePx)
    : m_rung(top)
    , m_onCpu(onCpu)
    , m_stridePx(stridePx)
{
}

bool MemoryLadder::stepDown()
{
    if (halve())
        return true;
    if (m_rung.answerIsOnCard) {
        m_rung.answerIsOnCard = false;
        return true;
    }
    if (!m_onCpu)
        return false;
    m_rung = {*std::exchange(m_onCpu, std::nullopt), false, false};
    m_hasMoved = true;
    return true;
}

bool MemoryLadder::halve()
{
    TileChoice& tiles = m_rung.tiles;
    if (tiles.batch > 1) {
        tiles.batch /= 2;
        return true;
    }
    const int half = (tiles.tilePx / 2 + m_stridePx - 1) / m_stridePx * m_stridePx;
    if (half < TileChoice::smallestTilePx || half == tiles.tilePx)
        return false;
    tiles.tilePx = half;
    return true;
}

QString MemoryLadder::notice() const
{
    if (!m_hasMoved)
        return {};
    return QCoreApplication::translate(
        "Predictor", "The graphics card has too little memory for this model: predicting on the "
                     "processor, which is slower");
}

} // namespace emend
