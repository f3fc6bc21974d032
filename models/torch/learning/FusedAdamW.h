// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/learning/Optimiser.h"

namespace emend {

/// AdamW (Loshchilov and Hutter 2019) in one fused kernel a group: weights decay, biases and
/// BatchNorm's numbers do not. Compute thread only.
class FusedAdamW : public Optimiser
{
public:
    FusedAdamW(const std::vector<at::Tensor>& parameters, double weightDecay);

    void step(double learningRate) override;

    // The same as a step with clipping, without waiting for the device, so that a graph can hold
    // it. rate and leaveOut: float32, one element, there; the step is left out where leaveOut is 1.
    at::Tensor clipGradientsOnDevice(double largestNorm);
    void stepOnDevice(const at::Tensor& rate, const at::Tensor& leaveOut);

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
