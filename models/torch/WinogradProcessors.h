// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/WinogradKernels.h"

/// What WinogradKernels.h declares, as it is compiled for one kind of processor (WinogradLoops.h).
namespace emend::winograd {

struct Loops
{
    decltype(&winograd::transformWeights) transformWeights;
    decltype(&winograd::transformPatch) transformPatch;
    decltype(&winograd::multiply) multiply;
    decltype(&winograd::transformBack) transformBack;
    decltype(&winograd::transformTile) transformTile;
    decltype(&winograd::addProducts) addProducts;
    decltype(&winograd::transformWeightsBack) transformWeightsBack;
};

/// Where hasAvx2().
namespace avx2 {
extern const Loops loops;
} // namespace avx2

/// Where hasAvx512().
namespace avx512 {
extern const Loops loops;
} // namespace avx512

} // namespace emend::winograd
