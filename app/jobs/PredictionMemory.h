// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QThread>

namespace emend {

/// What predicting whole slices takes of the computer's memory at the most, known before it begins:
/// answers (32 bits a class and pixel) that are computed, wait for those beside them and are handed
/// over, what closing gaps in membranes needs, and what a receiver makes of a slice. The model's
/// weights and tiles are not in it (MemoryEstimate). A value.
struct PredictionMemory
{
    /// Of answers that wait beside the network, with what is done with them. An answer larger than
    /// that does not wait: the next one is begun after it.
    static constexpr qint64 mostWaitingBytes = 256'000'000;

    /// So little is tried whatever seems to be free: systems make room where they must.
    static constexpr qint64 alwaysTried = 1'000'000'000;

    VolumeSize size;
    int classCount = 1;
    int cores = QThread::idealThreadCount();

    qint64 answerBytes() const { return 4 * classCount * size.pixelsPerSlice(); }

    /// How many answers are judged and handed over at once, while the network goes on: one for each
    /// core, where memory allows it.
    int mostWaiting() const;

    /// looksBeside: the slices before and after are predicted too, and tell which borders are real.
    qint64 bytes(bool looksBeside) const;
};

} // namespace emend
