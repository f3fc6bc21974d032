// SPDX-License-Identifier: Apache-2.0
#include "models/torch/FusedAdamW.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace emend {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;

} // namespace

std::vector<at::Tensor> FusedAdamW::Group::gradients() const
{
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : parameters)
        gradients.push_back(parameter.grad());
    return gradients;
}

FusedAdamW::FusedAdamW(const std::vector<at::Tensor>& parameters, double weightDecay)
    : m_groups(2)
{
    m_groups[0].weightDecay = weightDecay;
    for (const at::Tensor& parameter : parameters) {
        Group& group = m_groups[parameter.dim() > 1 ? 0 : 1];
        group.parameters.push_back(parameter);
        group.means.push_back(at::zeros_like(parameter));
        group.squares.push_back(at::zeros_like(parameter));
        group.steps.push_back(at::zeros({}, parameter.options()));
    }
}

std::vector<at::Tensor> FusedAdamW::gradients() const
{
    std::vector<at::Tensor> gradients;
    for (const Group& group : m_groups) {
        const std::vector<at::Tensor> more = group.gradients();
        gradients.insert(gradients.end(), more.begin(), more.end());
    }
    return gradients;
}

double FusedAdamW::clipGradients(double largestNorm)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> all = gradients();
    const double norm = at::stack(at::_foreach_norm(all)).norm().item<double>();
    if (norm > largestNorm)
        at::_foreach_mul_(all, largestNorm / norm);
    return norm;
}

void FusedAdamW::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    for (Group& group : m_groups) {
        if (group.parameters.empty())
            continue;
        at::_foreach_add_(group.steps, 1);
        at::_fused_adamw_(group.parameters, group.gradients(), group.means, group.squares, {},
                          group.steps, learningRate, beta1, beta2, group.weightDecay, epsilon,
                          false, false);
    }
}

void FusedAdamW::clearGradients()
{
    for (Group& group : m_groups) {
        for (at::Tensor& parameter : group.parameters)
            parameter.mutable_grad() = at::Tensor();
    }
}

} // namespace emend
