// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace emend {

/// Moves parameters against their gradients. Compute thread only.
class Optimiser
{
public:
    /// Parameters keep their memory layout from here on.
    explicit Optimiser(std::vector<at::Tensor> parameters)
        : m_parameters(std::move(parameters))
    {
    }

    virtual ~Optimiser() = default;

    virtual void step(double learningRate) = 0;

    /// Gradients shrunk such that their common norm is at most this. Returns the norm before.
    double clipGradients(double largestNorm);

    void clearGradients();

    /// One for each parameter, in their order.
    std::vector<at::Tensor> gradients() const;

protected:
    std::vector<at::Tensor> m_parameters;
};

} // namespace emend
