// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/UNet.h"

#include <vector>

namespace emend {

/// The moving mean of a network's weights over its last steps of learning. Single steps jump to
/// and fro between what single batches want; their mean lies between and sees new slices better
/// (Polyak and Juditsky, SIAM J. Control Optim. 30:838, 1992). Compute thread only.
class WeightAverage
{
public:
    explicit WeightAverage(UNet network);

    /// After each step. A step counts less the longer it is past: after horizonSteps by a factor e.
    void add(double horizonSteps);

    /// The mean becomes the network's weights. BatchNorm's running statistics are not those of
    /// the mean: estimate them anew.
    void putIntoNetwork();

private:
    std::vector<at::Tensor> m_weights; ///< the network's own
    std::vector<at::Tensor> m_means;
    int m_steps = 0;
};

} // namespace emend
