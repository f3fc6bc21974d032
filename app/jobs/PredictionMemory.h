// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QtGlobal>

namespace emend {

/// What predicting whole slices takes of the computer's memory at the most, known before it begins:
/// answers (32 bits a class and pixel) that are computed, wait for those beside them and are handed
/// over, what closing gaps in membranes needs, and what a receiver makes of a slice. The model's
/// weights and tiles are not in it (MemoryEstimate). A value.
struct PredictionMemory
{
    /// Answers beyond it do not wait beside the network: the next one is begun after them.
    static constexpr qint64 mostWaitingBytes = 256'000'000;

    /// So little is tried whatever seems to be free: systems make room where they must.
    static constexpr qint64 alwaysTried = 1'000'000'000;

    VolumeSize size;
    int classCount = 1;

    qint64 answerBytes() const { return 4 * classCount * size.pixelsPerSlice(); }

    bool mayWait() const { return answerBytes() <= mostWaitingBytes; }

    /// looksBeside: the slices before and after are predicted too, and tell which borders are real.
    qint64 bytes(bool looksBeside) const;
};

} // namespace emend
