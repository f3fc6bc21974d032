// SPDX-License-Identifier: Apache-2.0
#include "models/torch/Processor.h"
#include "models/torch/winograd/WinogradProcessors.h"

#include <utility>

// 24 of 32 registers for sums: 12 rows of 32, or 24 of 16.
#define EMEND_LANES 16
#define EMEND_SUMS 24
#define EMEND_BLOCKS 2
#define EMEND_WIDE EMEND_AVX512

namespace emend::winograd::avx512 {

namespace {
#include "models/torch/WideFloats.h"
#include "models/torch/winograd/WinogradFloats.h"
} // namespace

#include "models/torch/winograd/WinogradLoops.h"

} // namespace emend::winograd::avx512
