// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/Contrast.h"

#include <algorithm>
#include <numeric>

namespace emend {

namespace {

/// The first value at which the counts, summed up in the order given, reach the limit.
template <typename Iterator>
int distanceToSum(Iterator first, Iterator last, qint64 limit)
{
    qint64 sum = 0;
    const auto reached = std::find_if(first, last, [&](qint64 count) {
        sum += count;
        return sum > limit;
    });
    return int(reached - first);
}

} // namespace

Contrast Contrast::automatic(const GreyImage& image, int maximumGrey)
{
    std::vector<qint64> counts(size_t(maximumGrey) + 1);
    for (const quint16 grey : image.pixels)
        ++counts[std::min<size_t>(grey, size_t(maximumGrey))];
    counts.front() = 0;
    counts.back() = 0;
    const qint64 total = std::accumulate(counts.begin(), counts.end(), qint64(0));
    if (total == 0)
        return {0, maximumGrey, false};

    const qint64 cutOff = qint64(double(total) * 0.0035);
    const int black = distanceToSum(counts.begin(), counts.end(), cutOff);
    const int white = maximumGrey - distanceToSum(counts.rbegin(), counts.rend(), cutOff);
    if (white <= black)
        return {0, maximumGrey, false};
    return {black, white, false};
}

std::vector<quint8> Contrast::shades(int maximumGrey) const
{
    std::vector<quint8> shades(size_t(maximumGrey) + 1);
    const double width = std::max(1, white - black);
    for (int grey = 0; grey <= maximumGrey; ++grey) {
        const double part = std::clamp((grey - black) / width, 0.0, 1.0);
        const int shade = int(part * 255 + 0.5);
        shades[size_t(grey)] = quint8(isInverted ? 255 - shade : shade);
    }
    return shades;
}

} // namespace emend
