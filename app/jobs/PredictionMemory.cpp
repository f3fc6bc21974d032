// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictionMemory.h"

#include "models/cells/SectionPieces.h"

#include <algorithm>

namespace emend {

namespace {

constexpr qint64 always = 500'000'000; ///< blocks and areas on their way, the stack's tiles
constexpr qint64 ofReceiver = 8;       ///< bytes a pixel, beside one answer more
constexpr qint64 ofClosing = 6;        ///< the membrane's plane, which pixels are borders
constexpr qint64 ofPieces = 2;         ///< of a remembered slice

} // namespace

int PredictionMemory::mostWaiting() const
{
    if (answerBytes() > mostWaitingBytes)
        return 0;
    const qint64 each = answerBytes() + SectionPieces::workBytes(size, cores);
    return int(std::clamp<qint64>(mostWaitingBytes / each, 1, cores));
}

qint64 PredictionMemory::bytes(bool looksBeside) const
{
    const qint64 beside = looksBeside ? 1 : 0;
    const qint64 atOnce = std::max(1, mostWaiting());
    const qint64 answers = 1 + beside + mostWaiting();
    const qint64 slices = atOnce + 2 * beside;
    return always + atOnce * SectionPieces::workBytes(size, cores) + (answers + 1) * answerBytes() +
           (ofReceiver + atOnce * ofClosing + slices * ofPieces) * size.pixelsPerSlice();
}

} // namespace emend
