// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/Optimiser.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace emend {

std::vector<at::Tensor> Optimiser::gradients() const
{
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : m_parameters)
        gradients.push_back(parameter.grad());
    return gradients;
}

double Optimiser::clipGradients(double largestNorm)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> all = gradients();
    const double norm = at::stack(at::_foreach_norm(all)).norm().item<double>();
    if (norm > largestNorm)
        at::_foreach_mul_(all, largestNorm / norm);
    return norm;
}

void Optimiser::clearGradients()
{
    for (at::Tensor& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
}

} // namespace emend
