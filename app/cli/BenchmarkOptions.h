// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/NetworkReport.h"

#include <QCommandLineParser>

#include <vector>

namespace emend {

/// The options that the benchmarks of networks share: which network, images, device, how often.
/// What cannot be throws UsageError.
namespace BenchmarkOptions {

void describe(QCommandLineParser& parser);

/// Without rows; the plan without batch and precision.
NetworkReport report(const QCommandLineParser& parser, NetworkBenchmark::Mode mode);

/// A list like 1,2,4.
std::vector<int> batches(const QString& list);

/// A list of fp32, mixed, bf16, fp16 and auto, resolved for the device.
std::vector<Precision> precisions(const QString& list, const ComputeDevice& device);

} // namespace BenchmarkOptions

} // namespace emend
