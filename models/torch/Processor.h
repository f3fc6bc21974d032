// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What the processor can do beyond every x86-64, and the attributes of functions that use it: they
/// may be called only where it can. Elsewhere than on x86-64 it can nothing.
#if defined(__x86_64__)
#define EMEND_AVX2 __attribute__((target("avx2,fma")))
#define EMEND_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
#define EMEND_AVX512_BF16                                                                          \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))
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

/// Products of pairs of bfloat16 numbers too.
inline bool hasAvx512Bf16()
{
#if defined(__x86_64__)
    return hasAvx512() && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

inline bool isAmd()
{
#if defined(__x86_64__)
    return __builtin_cpu_is("amd");
#else
    return false;
#endif
}

} // namespace emend
