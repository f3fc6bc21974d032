// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradProcessors.h"

// 12 of 16 registers for sums: 6 rows of 16.
#define EMEND_LANES 8
#define EMEND_SUMS 12
#define EMEND_BLOCKS 1
#if defined(__x86_64__)
#define EMEND_WIDE __attribute__((target("avx2,fma")))
#else
#define EMEND_WIDE
#endif

namespace emend::winograd::avx2 {

bool isSupported()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

#include "models/torch/WinogradLoops.h"

} // namespace emend::winograd::avx2
