// SPDX-License-Identifier: Apache-2.0
#include "models/torch/winograd/WinogradKernels.h"

#include "models/torch/Processor.h"
#include "models/torch/winograd/WinogradProcessors.h"

namespace emend::winograd {

bool isSupported()
{
    return hasAvx512() || hasAvx2();
}

bool hasFastBf16()
{
    return hasAvx512Bf16() && isAmd();
}

template <>
const Loops<float>& loops()
{
    static const Loops<float>& chosen = hasAvx512() ? avx512::loops : avx2::loops;
    return chosen;
}

template <>
const Loops<Bf16Pair>& loops()
{
    return avx512bf16::loops;
}

} // namespace emend::winograd
