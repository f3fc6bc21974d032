// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/benchmark/NetworkBenchmark.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace emend {

/// What was measured of a network at several batch sizes and precisions, as a table in the form of
/// NVIDIA's and as JSON. A value.
struct NetworkReport
{
    struct Row
    {
        int batch = 1;
        Precision precision = Precision::fp32;
        bool withInput = false;
        NetworkBenchmark::Result result;
        double peakFlops = 0; ///< measured in the same run, in the same precision

        double shareOfPeak() const { return result.flopsPerSecond() / peakFlops; }
    };

    NetworkBenchmark::Plan plan; ///< what all rows share
    QString network;             ///< "classic64"
    int warmUp = 0;
    int iterations = 0;
    std::vector<Row> rows;

    bool isPlain() const { return plan.path == NetworkBenchmark::Path::plain; }

    /// Network, device, threads and versions.
    QString heading() const;
    static QString tableHeader();
    static QString tableRow(const Row& row);

    /// What "share of peak" is a share of.
    static QString peakText(Precision precision, double peakFlops);

    QByteArray toJson() const;
};

} // namespace emend
