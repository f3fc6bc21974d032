// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/AreaAnswer.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace emend {

AreaAnswer::AreaAnswer(const UNetSpec& spec, Rect area, std::optional<at::Device> device)
    : m_area(area)
{
    if (device)
        m_onDevice = at::empty({spec.classCount, area.height, area.width},
                               at::TensorOptions(*device).dtype(at::kFloat));
    else
        m_planes.assign(size_t(spec.classCount), std::vector<float>(size_t(area.pixelCount())));
}

void AreaAnswer::add(const at::Tensor& probabilities, Rect tile)
{
    const Rect inside = tile.intersected(m_area);
    if (isOnDevice()) {
        m_onDevice.narrow(1, inside.y - m_area.y, inside.height)
            .narrow(2, inside.x - m_area.x, inside.width)
            .copy_(probabilities.narrow(1, 0, inside.height).narrow(2, 0, inside.width));
        return;
    }
    for (size_t c = 0; c < m_planes.size(); ++c) {
        const float* from = probabilities[int64_t(c)].data_ptr<float>();
        float* to = m_planes[c].data() + (inside.x - m_area.x);
        for (int y = 0; y < inside.height; ++y)
            std::copy_n(from + size_t(y) * size_t(tile.width), inside.width,
                        to + size_t(inside.y - m_area.y + y) * size_t(m_area.width));
    }
}

AreaAnswer::Planes AreaAnswer::take()
{
    if (!isOnDevice())
        return std::move(m_planes);
    const at::Tensor onCpu = m_onDevice.to(at::kCPU);
    for (int64_t c = 0; c < onCpu.size(0); ++c) {
        const float* first = onCpu[c].data_ptr<float>();
        m_planes.emplace_back(first, first + m_area.pixelCount());
    }
    return std::move(m_planes);
}

} // namespace emend
