// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace emend {

/// The same memory, [n, 1, h, w], but so described that it counts as channels-last. With one
/// channel both orders are the same, and LibTorch takes it for the other one; cuDNN then computes
/// the first layer, the one with the largest maps, channel by channel.
inline at::Tensor saidToBeChannelsLast(const at::Tensor& x)
{
    return x.as_strided(x.sizes(), {x.stride(0), 1, x.stride(2), x.stride(3)});
}

/// x, [n, c, h, w], with channels last, the order in which convolutions are fastest.
inline at::Tensor channelsLast(const at::Tensor& x)
{
    const at::Tensor ordered = x.contiguous(at::MemoryFormat::ChannelsLast);
    return ordered.size(1) == 1 && ordered.is_cuda() ? saidToBeChannelsLast(ordered) : ordered;
}

} // namespace emend
