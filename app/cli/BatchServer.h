// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/benchmark/NetworkBenchmark.h"

namespace emend {

/// Lets another program hold the clock: says "ready", and answers each line "run K" on standard
/// input by K batches and then "done", until the input ends. Throws UsageError on any other line,
/// Cancelled, or what the benchmark throws.
class BatchServer
{
public:
    explicit BatchServer(NetworkBenchmark& benchmark)
        : m_benchmark(benchmark)
    {
    }

    void run(JobContext& job);

private:
    void answer(const QByteArray& line, JobContext& job);

    NetworkBenchmark& m_benchmark;
};

} // namespace emend
