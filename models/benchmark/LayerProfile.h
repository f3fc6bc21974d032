// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/benchmark/NetworkBenchmark.h"

#include <QString>

#include <vector>

namespace emend {

/// Where the time of a network goes: that of each group of layers, forwards and, where it learns,
/// backwards. A value.
///
/// Groups are named as their weights are: encoder0 (the finest) to the bottleneck, up and decoder
/// of each level, head; "softmax" is what is left of a prediction, "loss" (both ways) and "update"
/// (clipping, AdamW) what is left of a step. Pooling counts to the encoder below.
struct LayerProfile
{
    struct Row
    {
        QString name;
        double forwardMs = 0;
        double backwardMs = 0;

        double ms() const { return forwardMs + backwardMs; }
    };

    std::vector<Row> rows; ///< on the way forwards

    double ms() const;

    /// The fastest of so many batches after warmUp others. On a processor only, for a card does its
    /// work later. Compute thread; throws as NetworkBenchmark does.
    static LayerProfile of(NetworkBenchmark& benchmark, int warmUp, int iterations,
                           JobContext& job);
};

} // namespace emend
