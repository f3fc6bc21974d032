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

/// Cross-entropy of the same, each pixel times its weight ([n, h, w] float32): the energy of the
/// U-Net paper (Ronneberger, Fischer and Brox 2015, equation 1), as a mean over the pixels that
/// have a target where the paper has the sum, so that the rate does not depend on their number.
at::Tensor weightedCrossEntropy(const at::Tensor& logits, const at::Tensor& targets,
                                const at::Tensor& weights);

} // namespace emend
