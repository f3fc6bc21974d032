// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace emend {

/// Adam (Kingma and Ba 2015) as Keras has it: epsilon stands beside the root of the squares as
/// they are, before their bias is taken out. A penalty on the weights' squares goes through the
/// moments like the rest of the gradient (this is not AdamW). One fused kernel; compute thread
/// only.
class KerasAdam
{
public:
    struct Options
    {
        double learningRate = 1e-4;
        double penalty = 0; ///< times half the sum of all squares, biases too, joins the loss
    };

    /// What a run that goes on later must remember.
    struct State
    {
        int updates = 0;
        std::map<std::string, WeightTensor> means;
        std::map<std::string, WeightTensor> squares;
    };

    using Parameters = std::vector<std::pair<std::string, at::Tensor>>;

    /// Parameters keep their memory layout from here on.
    KerasAdam(const Parameters& parameters, Options options);

    void step();
    void clearGradients();
    std::vector<at::Tensor> gradients() const;

    State state() const;
    void restore(const State& state);

private:
    Options m_options;
    int m_updates = 0;
    std::vector<std::string> m_names;
    std::vector<at::Tensor> m_parameters;
    std::vector<at::Tensor> m_means;
    std::vector<at::Tensor> m_squares;
    std::vector<at::Tensor> m_steps;
};

} // namespace emend
