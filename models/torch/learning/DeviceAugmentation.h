// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/learning/Augmentation.h"

#include <ATen/core/Tensor.h>

namespace emend {

/// PatchVariation for a whole batch where the batch lies, without a number looked at on the way,
/// so that a graph can hold it. The noise is the device's own; all else is as on the processor.
/// Compute thread only.
namespace deviceAugmentation {

constexpr int numbers = 8; ///< of one variation

/// row: [numbers] float32 on the processor.
void write(const PatchVariation& variation, const at::Tensor& row);

struct Batch
{
    at::Tensor grey;    ///< [n, 1, s, s] float32
    at::Tensor targets; ///< [n, s, s] int64
};

/// variations: [n, numbers] float32 on the batch's device.
Batch apply(const Batch& batch, const at::Tensor& variations);

} // namespace deviceAugmentation

} // namespace emend
