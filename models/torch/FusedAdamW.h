// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/Optimiser.h"

namespace emend {

/// AdamW (Loshchilov and Hutter 2019) in one fused kernel a group: weights decay, biases and
/// BatchNorm's numbers do not. Compute thread only.
class FusedAdamW : public Optimiser
{
public:
    FusedAdamW(const std::vector<at::Tensor>& parameters, double weightDecay);

    void step(double learningRate) override;

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
