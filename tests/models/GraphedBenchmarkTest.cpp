// SPDX-License-Identifier: Apache-2.0
#include "models/torch/benchmark/GraphedBenchmark.h"

#include "tests/support/LateRuntime.h"

#include <QTest>

using namespace emend;

namespace {

constexpr BenchmarkNetwork::Images images{.count = 2, .sizePx = 32};

} // namespace

/// The benchmarks of a card's graphs, on a processor that plays one.
class GraphedBenchmarkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void stepsTeachTheNetworkItsBatch()
    {
        GraphedTrainingNetwork network(UNetSpec::standard(2, 4), Precision::fp32, at::kCPU, 1,
                                       images, std::make_unique<LateRuntime>(1U));
        JobContext job;
        network.runBatch(job);
        network.synchronise();
        const std::optional<double> before = network.runBatch(job); // that of the first
        QVERIFY(before && *before > 0);
        for (int i = 0; i < 12; ++i)
            network.runBatch(job);
        network.synchronise();
        const std::optional<double> after = network.runBatch(job);
        QVERIFY2(after && *after < *before, qPrintable(QString::number(after.value_or(-1))));
    }

    void batchesAreQueuedAndAllDone()
    {
        auto runtime = std::make_unique<LateRuntime>(2U);
        const LateRuntime& watched = *runtime;
        GraphedInferenceNetwork network(UNetSpec::standard(2, 4), Precision::fp32, at::kCPU, 1,
                                        images, std::move(runtime));
        JobContext job;
        for (int i = 0; i < 9; ++i)
            QVERIFY(!network.runBatch(job));
        network.synchronise();
        QCOMPARE(watched.recordings, 1);
        QCOMPARE(watched.replays, 6); // the first three run without the graph
    }
};

QTEST_GUILESS_MAIN(GraphedBenchmarkTest)
#include "GraphedBenchmarkTest.moc"
