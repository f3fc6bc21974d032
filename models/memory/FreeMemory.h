// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"

namespace emend {

/// Bytes that work on the device can still have: of the computer's memory what its system calls
/// available, within the limit of a container; of a graphics card's what is free, and what LibTorch
/// keeps there for later. 0 where it cannot be told. Any thread.
qint64 freeMemoryBytes(const ComputeDevice& device);

} // namespace emend
