// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/slices/GreyPlane.h"
#include "models/torch/prediction/FoldedUNet.h"

#include <vector>

namespace emend {

/// Runs a network that knows whole slices at 388 x 388 pixels only, a slice at a time.
/// Probabilities are brought back to the stack's pixels, and only there does a class win: no grey
/// between classes, as scaled masks would have. Compute thread only.
class ReferenceInference
{
public:
    /// precision must have been resolved. threads: 0 for all cores.
    ReferenceInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                       Precision precision, int threads);

    /// A plane of 388 x 388 probabilities for each class. Throws Error or Cancelled.
    std::vector<GreyPlane> run(const ImageStack& stack, int z, JobContext& job) const;

    /// The pixels rect of a slice of that size.
    static std::vector<float> toStack(const GreyPlane& plane, VolumeSize size, Rect rect);

private:
    FoldedUNet m_network;
    int m_threads;
};

} // namespace emend
