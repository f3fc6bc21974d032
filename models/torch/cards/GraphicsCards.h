// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace emend {

/// A card that LibTorch can compute on; its place in the list is its CUDA index.
struct GraphicsCard
{
    QString name;
    bool hasBf16 = false;
    bool hasFastFp16 = false;

    bool operator==(const GraphicsCard&) const = default;
};

/// Found at the first call, which loads LibTorch's CUDA half where an NVIDIA driver answers.
/// Empty, without a word on the terminal, wherever anything is missing. Any thread.
const std::vector<GraphicsCard>& graphicsCards();

} // namespace emend
