// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/WeightAverage.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace emend {

WeightAverage::WeightAverage(UNet network)
    : m_weights(network->parameters())
{
    for (const at::Tensor& weight : m_weights)
        m_means.push_back(weight.detach().clone());
}

void WeightAverage::add(double horizonSteps)
{
    const at::NoGradGuard noGrad;
    ++m_steps;
    // The plain mean until the horizon is full, so that the beginning does not weigh more.
    const double share = std::max(1.0 / m_steps, 1.0 / horizonSteps);
    at::_foreach_lerp_(m_means, m_weights, std::min(1.0, share));
}

void WeightAverage::putIntoNetwork()
{
    const at::NoGradGuard noGrad;
    at::_foreach_copy_(m_weights, m_means);
}

} // namespace emend
