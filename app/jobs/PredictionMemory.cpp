// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictionMemory.h"

namespace emend {

namespace {

constexpr qint64 always = 500'000'000; ///< blocks and areas on their way, the stack's tiles
constexpr qint64 ofReceiver = 8;       ///< bytes a pixel, beside one answer more
constexpr qint64 ofClosing = 6;        ///< the membrane's plane, which pixels are borders
constexpr qint64 ofPieces = 2;         ///< of a remembered slice

} // namespace

qint64 PredictionMemory::bytes(bool looksBeside) const
{
    const qint64 beside = looksBeside ? 1 : 0;
    const qint64 answers = 1 + beside + (mayWait() ? 1 : 0);
    const qint64 slices = 1 + 2 * beside;
    return always + (answers + 1) * answerBytes() +
           (ofReceiver + ofClosing + slices * ofPieces) * size.pixelsPerSlice();
}

} // namespace emend
