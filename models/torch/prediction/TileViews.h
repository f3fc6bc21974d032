// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/transpose.h>

#include <vector>

namespace emend::tileViews {

// The eight ways to mirror and turn a tile; the bits of a view say which. View 0 is the tile.
constexpr int mirrorsX = 1;
constexpr int mirrorsY = 2;
constexpr int transposes = 4;

inline at::Tensor mirrored(const at::Tensor& x, int view)
{
    std::vector<int64_t> axes;
    if (view & mirrorsX)
        axes.push_back(3);
    if (view & mirrorsY)
        axes.push_back(2);
    return axes.empty() ? x : x.flip(axes);
}

inline at::Tensor viewed(const at::Tensor& x, int view)
{
    const at::Tensor turned = mirrored(x, view);
    return view & transposes ? turned.transpose(2, 3).contiguous() : turned;
}

inline at::Tensor unviewed(const at::Tensor& x, int view)
{
    return mirrored(view & transposes ? x.transpose(2, 3) : x, view);
}

/// The mean of what answer gives for the first so many views of a tile.
template <class Answer>
at::Tensor meanOver(const at::Tensor& input, int views, Answer answer)
{
    if (views == 1)
        return answer(input);
    at::Tensor sum = answer(input).clone();
    for (int view = 1; view < views; ++view)
        sum.add_(unviewed(answer(viewed(input, view)), view));
    return sum.div_(views);
}

} // namespace emend::tileViews
