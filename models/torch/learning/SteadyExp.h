// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ops/exp.h>
#include <ATen/ops/zeros.h>

namespace emend {

/// e to the power of each number.
///
/// On a processor MKL looks for its kernels when it is first asked, and where two threads ask at
/// once, one of them sometimes gets those of four digits: so one number goes first, alone.
inline at::Tensor steadyExp(const at::Tensor& powers)
{
    static const at::Tensor alone = at::exp(at::zeros({1}, at::kFloat));
    return at::exp(powers);
}

} // namespace emend
