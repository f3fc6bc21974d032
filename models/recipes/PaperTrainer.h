// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/recipes/ReferenceTrainer.h"

#include <functional>
#include <memory>
#include <vector>

namespace emend {

/// The recipe of the U-Net paper (Ronneberger, Fischer and Brox, MICCAI 2015): tiles of 572 x 572
/// at the stack's own pixel size, mirrored beyond the borders of a slice, turned, bent and of other
/// grey values; cross-entropy with more weight where cells nearly touch (BorderWeights); gradient
/// descent with momentum 0.99, one tile at a time; dropout at the end of the contracting path. The
/// paper does not tell its rate; Emend's is constant.
///
/// The model is an ordinary one: it predicts tile by tile, and learns from corrections. Lives and
/// is used on the compute thread. Throws Error or Cancelled. The same options give the same
/// weights, bit for bit on a CPU with the same number of threads.
class PaperTrainer
{
public:
    PaperTrainer(RecipeOptions options, ComputeDevice device);

    /// After a step: its number, from 0, and its loss.
    using Observer = std::function<void(int step, double loss)>;

    /// Learns from these slices; pixels without a corrected label do not count. The first class is
    /// what lies between the cells. name: of the model. observer is called on this thread.
    std::shared_ptr<const Checkpoint> train(const ReferenceData& data,
                                            const std::vector<int>& slices, const QString& name,
                                            JobContext& job, const Observer& observer = {});

private:
    RecipeOptions m_options;
    ComputeDevice m_device;
};

} // namespace emend
