// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradProcessors.h"

// 24 of 32 registers for sums: 12 rows of 32, or 24 of 16.
#define EMEND_LANES 16
#define EMEND_SUMS 24
#define EMEND_BLOCKS 2
#if defined(__x86_64__)
#define EMEND_WIDE __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
#else
#define EMEND_WIDE
#endif

namespace emend::winograd::avx512 {

bool isSupported()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

#include "models/torch/WinogradLoops.h"

} // namespace emend::winograd::avx512
