// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/LatencyStatistics.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emend {

namespace {

/// Between the two samples that are nearest, in proportion.
double percentile(const std::vector<double>& sorted, double share)
{
    const double place = share * double(sorted.size() - 1);
    const auto below = size_t(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - double(below));
}

} // namespace

LatencyStatistics LatencyStatistics::of(std::vector<double> samplesMs)
{
    Q_ASSERT(!samplesMs.empty());
    std::vector<double> sorted = samplesMs;
    std::sort(sorted.begin(), sorted.end());
    const double count = double(sorted.size());

    LatencyStatistics statistics;
    statistics.meanMs = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
    double squares = 0;
    for (const double sample : sorted)
        squares += (sample - statistics.meanMs) * (sample - statistics.meanMs);
    statistics.deviationMs = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
    statistics.fastestMs = sorted.front();
    statistics.slowestMs = sorted.back();
    statistics.p50Ms = percentile(sorted, 0.5);
    statistics.p90Ms = percentile(sorted, 0.9);
    statistics.p95Ms = percentile(sorted, 0.95);
    statistics.p99Ms = percentile(sorted, 0.99);
    statistics.samplesMs = std::move(samplesMs);
    return statistics;
}

} // namespace emend
