// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "models/UNetSpec.h"

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

namespace emend {

/// The probabilities of an area as tile after tile comes in: planes in the processor's memory, or
/// one tensor on a card that is brought over at the end. Compute thread only.
class AreaAnswer
{
public:
    using Planes = std::vector<std::vector<float>>;

    /// device: where to collect; empty: in the processor's memory.
    AreaAnswer(const UNetSpec& spec, Rect area, std::optional<at::Device> device);

    bool isOnDevice() const { return m_onDevice.defined(); }

    /// probabilities: [classes, h, w] float32 of the pixels tile, which may reach beyond the area
    /// to the right and below; contiguous on the CPU unless it is collected on the device.
    void add(const at::Tensor& probabilities, Rect tile);

    Planes take();

private:
    Rect m_area;
    at::Tensor m_onDevice;
    Planes m_planes;
};

} // namespace emend
