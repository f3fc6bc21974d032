// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace emend {

/// AdamW (Loshchilov and Hutter 2019) in one fused kernel a group: weights decay, biases and
/// BatchNorm's numbers do not. Compute thread only.
class FusedAdamW
{
public:
    /// Parameters keep their memory layout from here on.
    FusedAdamW(const std::vector<at::Tensor>& parameters, double weightDecay);

    /// Gradients shrunk such that their common norm is at most this. Returns the norm before.
    double clipGradients(double largestNorm);

    void step(double learningRate);
    void clearGradients();

    /// The gradients of all parameters that have one.
    std::vector<at::Tensor> gradients() const;

private:
    struct Group
    {
        double weightDecay = 0;
        std::vector<at::Tensor> parameters;
        std::vector<at::Tensor> means;
        std::vector<at::Tensor> squares;
        std::vector<at::Tensor> steps;

        std::vector<at::Tensor> gradients() const;
    };

    std::vector<Group> m_groups;
};

} // namespace emend
