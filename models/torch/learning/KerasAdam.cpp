// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/KerasAdam.h"

#include "models/torch/TensorBridge.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <cmath>

namespace emend {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-7;

} // namespace

KerasAdam::KerasAdam(const Parameters& parameters, Options options)
    : m_options(options)
{
    for (const auto& [name, parameter] : parameters) {
        m_names.push_back(name);
        m_parameters.push_back(parameter);
        m_means.push_back(at::zeros_like(parameter));
        m_squares.push_back(at::zeros_like(parameter));
        m_steps.push_back(at::zeros({}, parameter.options()));
    }
}

std::vector<at::Tensor> KerasAdam::gradients() const
{
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : m_parameters)
        gradients.push_back(parameter.grad());
    return gradients;
}

void KerasAdam::step()
{
    const at::NoGradGuard noGrad;
    ++m_updates;
    at::_foreach_add_(m_steps, 1);
    // The kernel divides the root of the squares by this correction before it adds its epsilon;
    // with so much more of it both say the same.
    const double ownEpsilon = epsilon / std::sqrt(1 - std::pow(beta2, m_updates));
    at::_fused_adam_(m_parameters, gradients(), m_means, m_squares, {}, m_steps,
                     m_options.learningRate, beta1, beta2, m_options.penalty, ownEpsilon, false,
                     false);
}

void KerasAdam::clearGradients()
{
    for (at::Tensor& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
}

KerasAdam::State KerasAdam::state() const
{
    State state{m_updates, {}, {}};
    for (size_t i = 0; i < m_names.size(); ++i) {
        state.means[m_names[i]] = toWeights(m_means[i]);
        state.squares[m_names[i]] = toWeights(m_squares[i]);
    }
    return state;
}

void KerasAdam::restore(const State& state)
{
    const at::NoGradGuard noGrad;
    m_updates = state.updates;
    for (size_t i = 0; i < m_names.size(); ++i) {
        m_means[i].copy_(toTensor(state.means.at(m_names[i])));
        m_squares[i].copy_(toTensor(state.squares.at(m_names[i])));
        m_steps[i].fill_(state.updates);
    }
}

} // namespace emend
