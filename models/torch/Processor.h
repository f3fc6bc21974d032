// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What the processor can do beyond every x86-64, and the attributes of functions that use it: they
/// may be called only where it can. Elsewhere than on x86-64 it can nothing.
#if defined(__x86_64__)
#define EMEND_AVX2 __attribute__((target("avx2,fma")))
#define EMEND_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
#else
#define EMEND_AVX2
#define EMEND_AVX512
#endif

namespace emend {

inline bool hasAvx2()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

inline bool hasAvx512()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

} // namespace emend
