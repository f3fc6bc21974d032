// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

namespace emend {

/// Operations a second of the fastest of several multiplications of two large square matrices, on
/// as many threads as LibTorch has now. What a network reaches of it is comparable between devices
/// and on a busy one. Compute thread only.
double peakFlops(c10::Device device, c10::ScalarType type, JobContext& job);

} // namespace emend
