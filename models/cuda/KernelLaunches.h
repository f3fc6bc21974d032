// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cuda/FirstLayerKernel.h"
#include "models/cuda/HeadKernel.h"
#include "models/cuda/NormReluKernel.h"

#include <driver_types.h>

namespace emend::kernels {

// One launch each, on the stream; they return before the work is done. Compiled by nvcc for float
// and Bf16. cudaGetLastError() tells what a launch did not like.

/// False, and nothing done, for more than HeadArguments::mostClasses classes or fewer than 2.
template <class Feature>
bool launchHead(const HeadArguments<Feature>& arguments, int classes, cudaStream_t stream);

template <class Grey, class Feature>
void launchFirstLayer(const FirstLayerArguments<Grey, Feature>& arguments, cudaStream_t stream);

/// Statistics, then y.
template <class Value>
void launchNormRelu(const NormReluArguments<Value>& arguments, cudaStream_t stream);

/// dgamma, dbeta, then dx.
template <class Value>
void launchNormReluBackward(const NormReluArguments<Value>& arguments, cudaStream_t stream);

} // namespace emend::kernels
