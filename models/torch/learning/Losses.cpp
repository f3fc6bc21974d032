// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/Losses.h"

#include "models/torch/learning/SteadyExp.h"

#include <ATen/ATen.h>

namespace emend {

namespace {

constexpr double smallest = 1e-6;

at::Tensor diceLoss(const at::Tensor& probabilities, const at::Tensor& truth)
{
    const at::Tensor overlap = (probabilities * truth).sum({0, 2, 3});
    const at::Tensor squares = (probabilities.square() + truth).sum({0, 2, 3}); // truth is 0 or 1
    const at::Tensor dice = (2 * overlap + smallest) / (squares + smallest);
    const at::Tensor isThere = truth.sum({0, 2, 3}).gt(0).to(at::kFloat);
    return ((1 - dice) * isThere).sum() / isThere.sum().clamp_min(1);
}

/// 1 for the class that a pixel should be of; all 0 where it has no target.
at::Tensor truthOf(const at::Tensor& targets, int64_t classCount)
{
    const at::Tensor classes =
        at::arange(1, classCount + 1, targets.options()).view({1, classCount, 1, 1});
    return targets.unsqueeze(1).eq(classes).to(at::kFloat);
}

} // namespace

at::Tensor correctionLoss(const at::Tensor& logits, const at::Tensor& targets)
{
    const at::Tensor isCounted = targets.gt(0).unsqueeze(1).to(at::kFloat);
    const at::Tensor truth = truthOf(targets, logits.size(1));
    const at::Tensor logProbabilities = at::log_softmax(logits.to(at::kFloat), 1);
    const at::Tensor crossEntropy =
        -(logProbabilities * truth).sum() / isCounted.sum().clamp_min(1);
    return crossEntropy + diceLoss(steadyExp(logProbabilities) * isCounted, truth);
}

at::Tensor weightedCrossEntropy(const at::Tensor& logits, const at::Tensor& targets,
                                const at::Tensor& weights)
{
    const at::Tensor logProbabilities = at::log_softmax(logits.to(at::kFloat), 1);
    const at::Tensor weighted = truthOf(targets, logits.size(1)) * weights.unsqueeze(1);
    return -(logProbabilities * weighted).sum() / targets.gt(0).sum().clamp_min(1);
}

} // namespace emend
