// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/FusedAdamW.h"

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
    : Optimiser(parameters)
    , m_groups(2)
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

at::Tensor FusedAdamW::clipGradientsOnDevice(double largestNorm)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> all = gradients();
    const at::Tensor norm = at::stack(at::_foreach_norm(all)).norm();
    at::_foreach_mul_(all, norm.reciprocal().mul_(largestNorm).clamp_max_(1));
    return norm;
}

void FusedAdamW::stepOnDevice(const at::Tensor& rate, const at::Tensor& leaveOut)
{
    const at::NoGradGuard noGrad;
    for (Group& group : m_groups) {
        if (group.parameters.empty())
            continue;
        at::_foreach_add_(group.steps, 1);
        at::_fused_adamw_(group.parameters, group.gradients(), group.means, group.squares, {},
                          group.steps, rate, beta1, beta2, group.weightDecay, epsilon, false, false,
                          std::nullopt, leaveOut);
        // The kernel does not count; a step that was left out was none.
        at::_foreach_sub_(group.steps,
                          std::vector<at::Tensor>(group.steps.size(), leaveOut.squeeze(0)));
    }
}

} // namespace emend
