// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

namespace emend {

inline c10::Device torchDevice(const ComputeDevice& device)
{
    return device.isCuda() ? c10::Device(c10::kCUDA, c10::DeviceIndex(device.cudaIndex()))
                           : c10::Device(c10::kCPU);
}

/// The type of maps and weights in convolutions; automatic must have been resolved.
inline c10::ScalarType torchType(Precision precision)
{
    switch (precision) {
    case Precision::bf16:
        return c10::kBFloat16;
    case Precision::fp16:
        return c10::kHalf;
    default:
        return c10::kFloat;
    }
}

} // namespace emend
