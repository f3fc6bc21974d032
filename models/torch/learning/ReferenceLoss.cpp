// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/ReferenceLoss.h"

#include "models/torch/learning/SteadyExp.h"

#include <ATen/ATen.h>

namespace emend {

namespace {

constexpr double smallest = 1e-6;

} // namespace

ReferenceLoss ReferenceLoss::of(const at::Tensor& logits, const at::Tensor& truth)
{
    const at::Tensor logProbabilities = at::log_softmax(logits.to(at::kFloat), 1);
    const at::Tensor probabilities = steadyExp(logProbabilities);
    const at::Tensor overlap = (probabilities * truth).sum({2, 3});
    const at::Tensor squares = (probabilities.square() + truth.square()).sum({2, 3});
    const at::Tensor dice = (2 * overlap + smallest) / (squares + smallest);
    return {-(logProbabilities * truth).sum(1).mean(), (1 - dice.mean(0)).mean()};
}

} // namespace emend
