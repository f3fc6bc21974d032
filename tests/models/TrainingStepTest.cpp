// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TrainingStep.h"

#include "tests/support/CountingAllocator.h"

#include <QTest>

#include <ATen/ATen.h>
#include <c10/util/Exception.h>

#include <cmath>

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
    at::manual_seed(3);
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

/// A batch that is too large for the memory.
class TrainingStepTest : public QObject
{
    Q_OBJECT

    UNet m_expected = drawnNetwork();
    double m_expectedLoss = 0;

private Q_SLOTS:

    void initTestCase()
    {
        JobContext job;
        TrainingStep step(m_expected, {}, Precision::fp32, at::kCPU);
        m_expectedLoss = *step.run(drawnBatch(), 1e-3, job);
        QCOMPARE(step.parts(), 1);
        QVERIFY(meanGradient(m_expected) > 1e-3);
    }

    void aHundredFailedAllocationsAreSurvived()
    {
        CountingAllocator memory;
        const TrainingStep::Batch batch = drawnBatch();
        JobContext job;
        int allocations = 0;
        {
            TrainingStep step(drawnNetwork(), {}, Precision::fp32, at::kCPU);
            memory.reset();
            step.run(batch, 1e-3, job);
            allocations = memory.allocations();
        }
        // The last few belong to AdamW, which comes when the memory is free again.
        const int last = allocations * 9 / 10;
        QVERIFY(last >= 100);
        for (int i = 0; i < 100; ++i) {
            UNet network = drawnNetwork();
            TrainingStep step(network, {}, Precision::fp32, at::kCPU);
            memory.failAt(1 + i * (last - 1) / 99);
            const std::optional<double> loss = step.run(batch, 1e-3, job);
            QCOMPARE(step.parts(), 2);
            QVERIFY(loss && std::abs(*loss - m_expectedLoss) < 1e-4);
            QVERIFY(meanGradient(network, &m_expected) < 1e-5);
        }
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
        QVERIFY(meanGradient(network, &m_expected) < 1e-5);

        TrainingStep roomy(drawnNetwork(), {}, Precision::fp32, at::kCPU);
        roomy.setFreeMemory(qint64(1) << 40);
        roomy.run(drawnBatch(), 1e-3, job);
        QCOMPARE(roomy.parts(), 1);
    }

    void withoutMemoryForASingleImageItSaysSo()
    {
        TrainingStep step(drawnNetwork(), {}, Precision::fp32, at::kCPU);
        TrainingStep::Batch batch = drawnBatch();
        batch.grey = batch.grey.narrow(0, 0, 1);
        batch.targets = batch.targets.narrow(0, 0, 1);
        CountingAllocator memory;
        memory.failAt(5);
        JobContext job;
        QVERIFY_EXCEPTION_THROWN(step.run(batch, 1e-3, job), std::bad_alloc);
    }
};

QTEST_GUILESS_MAIN(TrainingStepTest)
#include "TrainingStepTest.moc"
