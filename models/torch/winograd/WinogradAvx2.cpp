// SPDX-License-Identifier: Apache-2.0
#include "models/torch/Processor.h"
#include "models/torch/winograd/WinogradProcessors.h"

#include <utility>

// 12 of 16 registers for sums: 6 rows of 16.
#define EMEND_LANES 8
#define EMEND_SUMS 12
#define EMEND_BLOCKS 1
#define EMEND_WIDE EMEND_AVX2

namespace emend::winograd::avx2 {

namespace {
#include "models/torch/WideFloats.h"
#include "models/torch/winograd/WinogradFloats.h"
} // namespace

#include "models/torch/winograd/WinogradLoops.h"

} // namespace emend::winograd::avx2
