// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/learning/Optimiser.h"

namespace emend {

/// Stochastic gradient descent with momentum: v = momentum v + gradient, w = w - rate v.
/// Compute thread only.
class MomentumDescent : public Optimiser
{
public:
    MomentumDescent(const std::vector<at::Tensor>& parameters, double momentum);

    void step(double learningRate) override;

private:
    double m_momentum;
    std::vector<at::Tensor> m_velocities;
};

} // namespace emend
