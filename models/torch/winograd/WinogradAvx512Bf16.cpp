// SPDX-License-Identifier: Apache-2.0
#include "models/torch/Processor.h"
#include "models/torch/winograd/WinogradProcessors.h"

#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>

// 24 of 32 registers for sums, as in FP32.
#define EMEND_LANES 16
#define EMEND_SUMS 24
#define EMEND_BLOCKS 2
#define EMEND_WIDE EMEND_AVX512_BF16

namespace emend::winograd::avx512bf16 {

namespace {

#include "models/torch/WideFloats.h"

using Number = Bf16Pair;
using Numbers = __m512bh;
using Words = std::uint32_t __attribute__((vector_size(64)));
using LooseWords = std::uint32_t __attribute__((vector_size(64), aligned(4), may_alias));
using Halves = std::uint16_t __attribute__((vector_size(32)));
using LooseHalves = std::uint16_t __attribute__((vector_size(32), aligned(4), may_alias));

EMEND_WIDE_INLINE Words loadWords(const Number* from)
{
    return *reinterpret_cast<const LooseWords*>(from);
}

EMEND_WIDE_INLINE Numbers loadNumbers(const Number* from)
{
    return Numbers(loadWords(from));
}

EMEND_WIDE_INLINE void addProduct(Floats& sum, Number left, Numbers right)
{
    const Words inAllLanes = Words{} + left.bits;
    sum = Floats(_mm512_dpbf16_ps(__m512(sum), Numbers(inAllLanes), right));
}

EMEND_WIDE_INLINE Halves rounded(Floats values)
{
    return Halves(_mm512_cvtneps_pbh(__m512(values)));
}

/// Into one half of each pair; the first half clears the second.
EMEND_WIDE_INLINE void keep(Floats values, Number* to, int half)
{
    const Words words = __builtin_convertvector(rounded(values), Words);
    *reinterpret_cast<LooseWords*>(to) = half == 0 ? words : loadWords(to) | words << 16;
}

EMEND_WIDE_INLINE void keepInPairs(Floats values, Number* to)
{
    *reinterpret_cast<LooseHalves*>(to) = rounded(values);
}

} // namespace

#include "models/torch/winograd/WinogradLoops.h"

} // namespace emend::winograd::avx512bf16

#else

namespace emend::winograd::avx512bf16 {
const Loops<Bf16Pair> loops = {};
} // namespace emend::winograd::avx512bf16

#endif
