// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// Cross-entropy plus soft Dice on the pixels that have a target, 1 : 1.
///
/// logits: [n, classes, h, w]; targets: [n, h, w] int64, class from 1, 0 = not counted. Dice has
/// squared denominators, as in NVIDIA's U-Net, but sums over the batch (targets may be sparse) and
/// over the classes that the batch has. In float32; 0 where nothing is counted.
at::Tensor correctionLoss(const at::Tensor& logits, const at::Tensor& targets);

} // namespace emend
