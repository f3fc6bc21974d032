// SPDX-License-Identifier: Apache-2.0

// Numbers that a processor computes with at once. Included within an unnamed namespace, for one
// kind of processor, with
//
//     EMEND_WIDE          the attribute of functions that use its instructions (Processor.h)
//     EMEND_LANES         floats in one of its registers

#define EMEND_WIDE_INLINE EMEND_WIDE __attribute__((always_inline)) inline

constexpr int lanes = EMEND_LANES;

using Floats = float __attribute__((vector_size(sizeof(float) * lanes)));
using LooseFloats = float __attribute__((vector_size(sizeof(float) * lanes), aligned(4)));

EMEND_WIDE_INLINE Floats load(const float* from)
{
    return *reinterpret_cast<const LooseFloats*>(from);
}

EMEND_WIDE_INLINE void store(float* to, Floats values)
{
    *reinterpret_cast<LooseFloats*>(to) = values;
}
