// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/winograd/WinogradKernels.h"

/// The loops of WinogradKernels.h, as they are compiled for one kind of processor
/// (WinogradLoops.h).
namespace emend::winograd {

/// Where hasAvx2().
namespace avx2 {
extern const Loops<float> loops;
} // namespace avx2

/// Where hasAvx512().
namespace avx512 {
extern const Loops<float> loops;
} // namespace avx512

/// Where hasAvx512Bf16().
namespace avx512bf16 {
extern const Loops<Bf16Pair> loops;
} // namespace avx512bf16

} // namespace emend::winograd
