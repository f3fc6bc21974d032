// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/MomentumDescent.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace emend {

MomentumDescent::MomentumDescent(const std::vector<at::Tensor>& parameters, double momentum)
    : Optimiser(parameters)
    , m_momentum(momentum)
{
    for (const at::Tensor& parameter : parameters)
        m_velocities.push_back(at::zeros_like(parameter));
}

void MomentumDescent::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    at::_foreach_mul_(m_velocities, m_momentum);
    at::_foreach_add_(m_velocities, gradients());
    at::_foreach_add_(m_parameters, m_velocities, -learningRate);
}

} // namespace emend
