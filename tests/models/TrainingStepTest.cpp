// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/TrainingStep.h"

#include "models/torch/LayerMarks.h"
#include "tests/support/CountingAllocator.h"

#include <QTest>

#include <ATen/ATen.h>
#include <c10/util/Exception.h>

#include <cmath>
#include <new>

using namespace emend;

namespace {

constexpr int images = 4;
constexpr int sidePx = 32;

UNet drawnNetwork()
{
    UNetSpec spec = UNetSpec::standard(2, 4);
    spec.depth = 2;
    UNet network(spec);
    network->initialise(11);
    return network;
}

/// One image four times over: to a part of it the batch looks like the whole.
TrainingStep::Batch drawnBatch()
{
    at::manual_seed(5);
    const at::Tensor grey = at::randn({1, 1, sidePx, sidePx});
    const at::Tensor targets = at::randint(0, 3, {1, sidePx, sidePx}, at::kLong);
    return {grey.repeat({images, 1, 1, 1}).contiguous(at::MemoryFormat::ChannelsLast),
            targets.repeat({images, 1, 1}), at::Tensor()};
}

/// The mean of all gradients' sizes, those of another network taken away where there is one. (Not
/// of the weights: AdamW's first step goes by the gradient's sign alone, which rounding may turn.)
double meanGradient(UNet& network, UNet* without = nullptr)
{
    double sum = 0;
    int64_t count = 0;
    const auto parameters = network->parameters();
    for (size_t i = 0; i < parameters.size(); ++i) {
        at::Tensor gradient = parameters[i].grad();
        if (without)
            gradient = gradient - (*without)->parameters()[i].grad();
        sum += gradient.abs().sum().item<double>();
        count += gradient.numel();
    }
    return sum / double(count);
}

} // namespace

/// A batch that is too large for the memory, and one that is stopped.
class TrainingStepTest : public QObject
{
    Q_OBJECT

    UNet m_expected = nullptr;
    double m_expectedLoss = 0;

    /// The same gradients but for rounding, which moves a value near 0 over the edge of ReLU now
    /// and then. A part that weighs too much or too little would change them by a quarter and more.
    bool isAsExpected(UNet& network)
    {
        return meanGradient(network, &m_expected) < 0.05 * meanGradient(m_expected);
    }

    static void stopsWithoutLearning(const std::stop_source& stop)
    {
        UNet network = drawnNetwork();
        TrainingStep step(network, {}, Precision::fp32, at::kCPU);
        JobContext job(stop.get_token(), {});
        QVERIFY_THROWS_EXCEPTION(Cancelled, step.run(drawnBatch(), 1e-3, job));
        UNet before = drawnNetwork();
        for (size_t i = 0; i < before->parameters().size(); ++i)
            QVERIFY(before->parameters()[i].equal(network->parameters()[i]));
    }

private Q_SLOTS:

    void initTestCase()
    {
        CountingAllocator::get();
        m_expected = drawnNetwork();
        JobContext job;
        TrainingStep step(m_expected, {}, Precision::fp32, at::kCPU);
        m_expectedLoss = *step.run(drawnBatch(), 1e-3, job);
        QCOMPARE(step.parts(), 1);
        QVERIFY(meanGradient(m_expected) > 1e-3);
    }

    void aHundredFailedAllocationsAreSurvived()
    {
        CountingAllocator& memory = CountingAllocator::get();
        const TrainingStep::Batch batch = drawnBatch();
        JobContext job;
        int allocations = 0;
        {
            TrainingStep step(drawnNetwork(), {}, Precision::fp32, at::kCPU);
            memory.reset();
            step.run(batch, 1e-3, job);
            allocations = memory.allocations();
        }
        // The last belong to AdamW: small numbers only, when the memory is free again.
        const int last = allocations * 7 / 10;
        QVERIFY(last >= 100);
        int splits = 0;
        for (int i = 0; i < 100; ++i) {
            UNet network = drawnNetwork();
            TrainingStep step(network, {}, Precision::fp32, at::kCPU);
            memory.failAt(1 + i * (last - 1) / 99);
            const std::optional<double> loss = step.run(batch, 1e-3, job);
            QVERIFY(memory.hasFailed());
            splits += step.parts() == 2 ? 1 : 0;
            QVERIFY(loss && std::abs(*loss - m_expectedLoss) < 1e-4);
            QVERIFY(isAsExpected(network));
        }
        QVERIFY(splits > 50); // some the libraries can do without
    }

    void partsAreChosenFromTheMemoryThereIs()
    {
        UNet network = drawnNetwork();
        TrainingStep step(network, {}, Precision::fp32, at::kCPU);
        step.setFreeMemory(1);
        JobContext job;
        const std::optional<double> loss = step.run(drawnBatch(), 1e-3, job);
        QCOMPARE(step.parts(), images);
        QVERIFY(loss && std::abs(*loss - m_expectedLoss) < 1e-4);
        QVERIFY(isAsExpected(network));

        TrainingStep roomy(drawnNetwork(), {}, Precision::fp32, at::kCPU);
        roomy.setFreeMemory(qint64(1) << 40);
        roomy.run(drawnBatch(), 1e-3, job);
        QCOMPARE(roomy.parts(), 1);
    }

    void stopsBetweenTwoLayersOnTheWayThere()
    {
        std::stop_source stop;
        int layers = 0;
        const LayerMarks marks([&](const std::string& name, const at::Tensor&) {
            ++layers;
            if (name == "encoder1")
                stop.request_stop();
        });
        stopsWithoutLearning(stop);
        QCOMPARE(layers, 2); // after encoder2 it is noticed before anybody hears of it
    }

    void stopsBetweenTwoLayersOnTheWayBack()
    {
        std::stop_source stop;
        int layersBack = 0;
        const LayerMarks marks([&](const std::string& name, const at::Tensor& map) {
            map.register_hook([&, name](const at::Tensor&) {
                ++layersBack;
                if (name == "decoder1")
                    stop.request_stop();
            });
        });
        stopsWithoutLearning(stop);
        QCOMPARE(layersBack, 4); // head, decoder0, up0 and decoder1
    }

    void withoutMemoryForASingleImageItSaysSo()
    {
        TrainingStep step(drawnNetwork(), {}, Precision::fp32, at::kCPU);
        TrainingStep::Batch batch = drawnBatch();
        batch.grey = batch.grey.narrow(0, 0, 1);
        batch.targets = batch.targets.narrow(0, 0, 1);
        CountingAllocator& memory = CountingAllocator::get();
        memory.failAt(5);
        JobContext job;
        QVERIFY_EXCEPTION_THROWN(step.run(batch, 1e-3, job), std::bad_alloc);
    }
};

QTEST_GUILESS_MAIN(TrainingStepTest)
#include "TrainingStepTest.moc"
