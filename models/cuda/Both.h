// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

// What a kernel does for one index is written once, for the card and for the processor, so that a
// test without a card can run it over all indices and compare with LibTorch's own operator. No
// LibTorch, no Qt here: nvcc reads it.
#if defined(__CUDACC__)
#define EMEND_BOTH __host__ __device__ inline
#else
#define EMEND_BOTH inline
#endif

namespace emend::kernels {

/// A bfloat16 as it lies in memory: the upper half of a float.
struct Bf16
{
    uint16_t bits;
};

EMEND_BOTH float bitsAsFloat(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

EMEND_BOTH uint32_t floatAsBits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

EMEND_BOTH float toFloat(float value)
{
    return value;
}

EMEND_BOTH float toFloat(Bf16 value)
{
    return bitsAsFloat(uint32_t(value.bits) << 16);
}

EMEND_BOTH void assign(float& to, float value)
{
    to = value;
}

/// Rounded to the nearest, halves to even, as LibTorch does.
EMEND_BOTH void assign(Bf16& to, float value)
{
    const uint32_t bits = floatAsBits(value);
    if (value != value)
        to.bits = 0x7FC0;
    else
        to.bits = uint16_t((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

/// Eight channels that lie side by side, fetched at once.
constexpr int chunkChannels = 8;

template <class Value>
struct alignas(16) Chunk
{
    Value values[chunkChannels];
};

} // namespace emend::kernels
