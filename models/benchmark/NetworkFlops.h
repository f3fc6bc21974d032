// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/UNetSpec.h"

namespace emend {

/// Floating-point operations of a network's convolutions for one square image of that width: two
/// for each product that is added up. Everything else (ReLU, pooling, BatchNorm) costs memory, not
/// arithmetic, and does not count. The network must take that width (UNetSpec::outputSize).
double flopsPerImage(const UNetSpec& spec, int sizePx);

/// The same of a step of training: forward, and as much again for the gradients of the weights and
/// of the inputs; nobody needs the gradient of the image itself.
double trainingFlopsPerImage(const UNetSpec& spec, int sizePx);

} // namespace emend
