// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/NetworkBenchmark.h"

#include "core/Error.h"
#include "models/benchmark/NetworkFlops.h"

#include <QTest>

#include <cmath>
#include <stop_token>

using namespace emend;

namespace {

NetworkBenchmark::Plan tiny(NetworkBenchmark::Mode mode)
{
    NetworkBenchmark::Plan plan;
    plan.mode = mode;
    plan.spec = UNetSpec::standard(2, 4);
    plan.sizePx = 32;
    plan.batch = 2;
    plan.threads = 1;
    return plan;
}

} // namespace

/// Counts and sense only: how long things take is nothing for a test.
class NetworkBenchmarkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void percentilesLieBetweenTheNearestSamples()
    {
        const auto statistics = LatencyStatistics::of({50, 10, 30, 20, 40});
        QCOMPARE(statistics.meanMs, 30.0);
        QCOMPARE(statistics.p50Ms, 30.0);
        QCOMPARE(statistics.p90Ms, 46.0);
        QCOMPARE(statistics.p95Ms, 48.0);
        QVERIFY(std::abs(statistics.p99Ms - 49.6) < 1e-9);
        QCOMPARE(statistics.fastestMs, 10.0);
        QCOMPARE(statistics.slowestMs, 50.0);
        QVERIFY(std::abs(statistics.deviationMs - std::sqrt(250.0)) < 1e-9);
        QCOMPARE(statistics.samplesMs.front(), 50.0);
    }

    void aSingleSampleIsAllItsPercentiles()
    {
        const auto statistics = LatencyStatistics::of({7});
        QCOMPARE(statistics.p50Ms, 7.0);
        QCOMPARE(statistics.p99Ms, 7.0);
        QCOMPARE(statistics.deviationMs, 0.0);
    }

    void stepsTeachTheNetworkItsBatch_data()
    {
        QTest::addColumn<bool>("isClassic");
        QTest::addColumn<bool>("withInput");
        QTest::newRow("same") << false << false;
        QTest::newRow("same, from the host") << false << true;
        QTest::newRow("valid") << true << false;
    }

    void stepsTeachTheNetworkItsBatch()
    {
        QFETCH(bool, isClassic);
        QFETCH(bool, withInput);
        NetworkBenchmark::Plan plan = tiny(NetworkBenchmark::Mode::training);
        plan.withInput = withInput;
        if (isClassic) {
            plan.spec = UNetSpec::reference(4);
            plan.spec.dropout = 0; // else each step sees another network
            plan.sizePx = 188;
        }
        NetworkBenchmark benchmark(plan);
        JobContext job;
        const auto before = benchmark.runBatch(job);
        QVERIFY(before && *before > 0);
        std::optional<double> after;
        for (int i = 0; i < 8; ++i)
            after = benchmark.runBatch(job);
        QVERIFY2(*after < *before, qPrintable(QStringLiteral("%1 to %2").arg(*before).arg(*after)));
    }

    void bothWaysThroughTheNetworkLearnTheSame()
    {
        NetworkBenchmark::Plan plan = tiny(NetworkBenchmark::Mode::training);
        plan.spec = UNetSpec::standard(2, 16); // with fewer channels both are one
        NetworkBenchmark own(plan);
        plan.path = NetworkBenchmark::Path::plain;
        NetworkBenchmark plain(plan);
        JobContext job;
        for (int step = 0; step < 4; ++step) {
            const double ofOwn = *own.runBatch(job);
            const double ofPlain = *plain.runBatch(job);
            // Before the first step the weights are the same; AdamW's first steps then turn the
            // last digits of a gradient near 0 into whole steps.
            QVERIFY2(std::abs(ofOwn - ofPlain) < (step == 0 ? 1e-4 : 2e-2) * ofPlain,
                     qPrintable(QStringLiteral("%1 and %2").arg(ofOwn).arg(ofPlain)));
        }
    }

    void inferenceLearnsNothing_data()
    {
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("own") << false;
        QTest::newRow("plain") << true;
    }

    void inferenceLearnsNothing()
    {
        QFETCH(bool, isPlain);
        NetworkBenchmark::Plan plan = tiny(NetworkBenchmark::Mode::inference);
        plan.path = isPlain ? NetworkBenchmark::Path::plain : NetworkBenchmark::Path::own;
        NetworkBenchmark benchmark(plan);
        JobContext job;
        QVERIFY(!benchmark.runBatch(job));
    }

    void allMeasuredBatchesCountAndNoOther()
    {
        const NetworkBenchmark::Plan plan = tiny(NetworkBenchmark::Mode::inference);
        int batches = 0;
        JobContext job(std::stop_token(), [&](double, const QString&) { ++batches; });
        const auto result = NetworkBenchmark(plan).measure(2, 5, job);
        QCOMPARE(batches, 7);
        QCOMPARE(int(result.batches.samplesMs.size()), 5);
        double sumMs = 0;
        for (const double sample : result.batches.samplesMs) {
            QVERIFY(sample > 0);
            sumMs += sample;
        }
        QVERIFY(result.imagesPerSecond > 0);
        QVERIFY(result.imagesPerSecond <= 1000.0 * 5 * plan.batch / sumMs * 1.0001);
        QCOMPARE(result.flopsPerImage, flopsPerImage(plan.spec, plan.sizePx));
        QVERIFY(!result.loss);
    }

    void aStopIsHeard()
    {
        for (const auto mode :
             {NetworkBenchmark::Mode::inference, NetworkBenchmark::Mode::training}) {
            NetworkBenchmark benchmark(tiny(mode));
            std::stop_source stop;
            JobContext job(stop.get_token(), [&](double fraction, const QString&) {
                if (fraction > 0)
                    stop.request_stop();
            });
            QVERIFY_EXCEPTION_THROWN(benchmark.measure(0, 1000000, job), Cancelled);
        }
    }

    void thePeakIsMoreThanNothing()
    {
        JobContext job;
        const double peak =
            NetworkBenchmark::measuredPeakFlops(ComputeDevice::cpu(), Precision::fp32, 1, job);
        QVERIFY2(peak > 1e8 && peak < 1e15, qPrintable(QString::number(peak)));
    }
};

QTEST_GUILESS_MAIN(NetworkBenchmarkTest)
#include "NetworkBenchmarkTest.moc"
