// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"
#include "models/UNetSpec.h"

namespace emend {

/// A batch of images that a network is shown. Precision: resolved.
struct NetworkInput
{
    UNetSpec spec;
    int widthPx = 0;
    int heightPx = 0;
    int batch = 1;
    Precision precision = Precision::fp32;
};

/// What a network needs of its device's memory at the most, known before it runs. A value, free of
/// LibTorch.
///
/// The sum of all tensors that are alive at the worst moment, found by following the network layer
/// by layer as plain operators compute it: the input of a pair of convolutions lives until both
/// are done, the skip connections until they are concatenated; while learning, everything that the
/// gradient needs lives on: what each convolution, BatchNorm, ReLU and pooling (64-bit indices)
/// was given or gave, the weights' copies in 16 bits, and for each weight a gradient and AdamW's
/// two moments, all in FP32. Two things are not in it, for nobody knows them beforehand: what
/// convolutions take for themselves (cuDNN's workspace, a megabyte or so for each thread of the
/// processor) and gaps between tensors; leave room for them. An implementation that fuses layers
/// needs less.
struct MemoryEstimate
{
    /// LibTorch's own kernels for graphics cards change to slow ones, or fail, beyond it.
    static constexpr qint64 mostElements = (qint64(1) << 31) - 1;

    qint64 weightBytes = 0;     ///< weights, and what belongs to each while learning
    qint64 peakBytes = 0;       ///< everything, weights included
    qint64 largestElements = 0; ///< of the largest tensor

    /// The network must take the size (UNetSpec::outputSize).
    static MemoryEstimate ofInference(const NetworkInput& input);
    static MemoryEstimate ofTraining(const NetworkInput& input);

    bool fits(qint64 bytes) const { return peakBytes <= bytes && largestElements <= mostElements; }
};

} // namespace emend
