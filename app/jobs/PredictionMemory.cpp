// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictionMemory.h"

#include <algorithm>

namespace emend {

namespace {

constexpr qint64 always = 500'000'000; ///< blocks and areas on their way, the stack's tiles
constexpr qint64 ofReceiver = 8;       ///< bytes a pixel, beside one answer more
constexpr qint64 ofClosing = 6;        ///< the membrane's plane, which pixels are borders
constexpr qint64 ofPieces = 2;         ///< of a remembered slice
constexpr qint64 ofWork = 30;          ///< of a slice that is cut or judged
constexpr qint64 ofArea = ofWork * 1280 * 1280; ///< of a large one some areas at a time
constexpr int mostAreas = 8;                    ///< (SectionPieces)

} // namespace

int PredictionMemory::mostWaiting() const
{
    if (answerBytes() > mostWaitingBytes)
        return 0;
    const qint64 each = answerBytes() + ofWork * size.pixelsPerSlice();
    return int(std::clamp<qint64>(mostWaitingBytes / each, 1, cores));
}

qint64 PredictionMemory::bytes(bool looksBeside) const
{
    const qint64 beside = looksBeside ? 1 : 0;
    const qint64 atOnce = std::max(1, mostWaiting());
    const qint64 answers = 1 + beside + mostWaiting();
    const qint64 slices = atOnce + 2 * beside;
    const qint64 work =
        std::min(ofWork * size.pixelsPerSlice(), std::min(cores, mostAreas) * ofArea);
    return always + atOnce * work + (answers + 1) * answerBytes() +
           (ofReceiver + atOnce * ofClosing + slices * ofPieces) * size.pixelsPerSlice();
}

} // namespace emend
