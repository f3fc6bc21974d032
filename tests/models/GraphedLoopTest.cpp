// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/TrainingLoop.h"
#include "tests/support/LateRuntime.h"

#include <QTest>

#include <c10/util/Exception.h>

#include <cmath>
#include <limits>

using namespace emend;

namespace {

constexpr int steps = 25;

/// Dark squares on a light ground.
class Squares : public PatchSource
{
public:
    TrainingPatch draw(Random& random, bool) override
    {
        constexpr int side = 32;
        TrainingPatch patch{side, {}, {}};
        const int left = uniformInt(random, 0, side / 2);
        for (int i = 0; i < side * side; ++i) {
            const bool isSquare = i % side >= left && i % side < left + side / 2;
            patch.grey.push_back(isFinite ? float(isSquare ? -1 : 1) + float(i % 7) / 20
                                          : std::numeric_limits<float>::infinity());
            patch.targets.push_back(isSquare ? 1 : 2);
        }
        return patch;
    }

    bool isFinite = true;
};

/// A card that will not have the work recorded.
class UnwillingRuntime : public LateRuntime
{
public:
    using LateRuntime::LateRuntime;

    std::unique_ptr<CardGraph> record(CardStream&, const std::function<void()>&) override
    {
        TORCH_CHECK(false, "operation not permitted when stream is capturing");
    }
};

UNet drawnNetwork()
{
    UNetSpec spec = UNetSpec::standard(2, 4);
    spec.depth = 2;
    UNet network(spec);
    network->initialise(7);
    return network;
}

/// A network, what it learns from, and what is said about it.
struct Lesson
{
    explicit Lesson(std::unique_ptr<CardRuntime> runtime)
        : loop(network, source, random,
               {.steps = steps, .batch = 2, .isVaried = false, .averagedShare = 0.4},
               ComputeDevice::cpu())
    {
        loop.setRuntime(std::move(runtime));
    }

    void run()
    {
        JobContext job;
        loop.run(job, [this](int step, double loss) {
            lastStep = step;
            lastLoss = loss;
            ++observed;
        });
    }

    UNet network = drawnNetwork();
    Squares source;
    Random random{3};
    TrainingLoop loop;
    int observed = 0;
    int lastStep = 0;
    double lastLoss = 0;
};

float largestDifference(const UNet& one, const UNet& other)
{
    float largest = 0;
    const auto first = one->parameters();
    const auto second = other->parameters();
    for (size_t i = 0; i < first.size(); ++i)
        largest = std::max(largest, (first[i] - second[i]).abs().max().item<float>());
    return largest;
}

} // namespace

/// Learning whose steps are graphs, on a processor that plays a card, against the plain way.
class GraphedLoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theSameIsLearned()
    {
        Lesson plain(nullptr);
        plain.run();
        QCOMPARE(plain.observed, steps);
        auto runtime = std::make_unique<LateRuntime>(5U);
        Lesson graphed(std::move(runtime));
        graphed.run();
        QCOMPARE(graphed.observed, 3); // ten steps a time
        QCOMPARE(graphed.lastStep, steps);
        QVERIFY(std::isfinite(graphed.lastLoss));
        QVERIFY2(largestDifference(plain.network, graphed.network) < 1e-4F,
                 qPrintable(QString::number(largestDifference(plain.network, graphed.network))));
        QVERIFY(largestDifference(plain.network, drawnNetwork()) > 1e-2F);
    }

    void whereTheCardWillNotHaveItThePlainWayGoesOn()
    {
        Lesson lesson(std::make_unique<UnwillingRuntime>(5U));
        lesson.run();
        QCOMPARE(lesson.lastStep, steps);
        QVERIFY(largestDifference(lesson.network, drawnNetwork()) > 1e-2F);
    }

    void numbersWithoutBoundsAreGivenUp()
    {
        Lesson lesson(std::make_unique<LateRuntime>(5U));
        lesson.source.isFinite = false;
        QVERIFY_EXCEPTION_THROWN(lesson.run(), NumbersLost);
    }
};

QTEST_GUILESS_MAIN(GraphedLoopTest)
#include "GraphedLoopTest.moc"
