// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace emend {

/// Models are looked at in areas of so many pixels a side, and in so many of them at most, however
/// much is corrected: what it costs is bounded.
constexpr int judgedAreaPx = 512;
constexpr size_t mostJudgedAreas = 6;

/// At most so many of them, spread evenly.
template <typename T>
std::vector<T> evenlyChosen(const std::vector<T>& all, size_t most)
{
    std::vector<T> chosen;
    const size_t count = std::min(all.size(), most);
    for (size_t i = 0; i < count; ++i)
        chosen.push_back(all[(2 * i + 1) * all.size() / (2 * count)]);
    return chosen;
}

} // namespace emend
