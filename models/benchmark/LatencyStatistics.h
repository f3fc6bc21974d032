// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace emend {

/// What the times of many runs of the same work say, in milliseconds. A value.
struct LatencyStatistics
{
    std::vector<double> samplesMs; ///< in the order in which they were taken
    double meanMs = 0;
    double deviationMs = 0; ///< standard deviation; 0 of a single sample
    double fastestMs = 0;
    double slowestMs = 0;
    double p50Ms = 0;
    double p90Ms = 0;
    double p95Ms = 0;
    double p99Ms = 0;

    /// There must be a sample.
    static LatencyStatistics of(std::vector<double> samplesMs);
};

} // namespace emend
