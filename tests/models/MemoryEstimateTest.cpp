// SPDX-License-Identifier: Apache-2.0
#include "models/memory/MemoryEstimate.h"

#include "models/torch/TorchDevice.h"
#include "models/torch/layers/OneDnnConvolution.h"
#include "models/torch/learning/TrainingStep.h"
#include "models/torch/prediction/FoldedUNet.h"
#include "models/torch/winograd/WinogradKernels.h"
#include "tests/support/CountingAllocator.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <limits>

using namespace emend;

namespace {

/// What the network took at its peak, its weights and input included.
qint64 measuredInference(const NetworkInput& input)
{
    const auto model = randomModel(input.spec);
    CountingAllocator& memory = CountingAllocator::get();
    const qint64 before = memory.bytes();
    const FoldedUNet network(*model, at::kCPU, input.precision);
    memory.reset();
    const c10::InferenceMode inference;
    const at::Tensor grey = at::zeros(
        {input.batch, input.spec.inputChannels, input.heightPx, input.widthPx}, at::kFloat);
    network.probabilities(grey, [] {});
    return memory.peakBytes() - before;
}

qint64 measuredTraining(const NetworkInput& input)
{
    CountingAllocator& memory = CountingAllocator::get();
    const qint64 before = memory.bytes();
    UNet network(input.spec);
    network->initialise(1);
    TrainingStep step(network, {}, input.precision, at::kCPU);
    TrainingStep::Batch batch;
    batch.grey = at::randn({input.batch, 1, input.heightPx, input.widthPx}, at::kFloat);
    batch.targets = at::ones(
        {input.batch, input.spec.outputSize(input.heightPx), input.spec.outputSize(input.widthPx)},
        at::kLong);
    JobContext job;
    step.run(batch, 1e-3, job); // gradients are there afterwards
    memory.reset();
    step.run(batch, 1e-3, job);
    return memory.peakBytes() - before;
}

double megabytes(qint64 bytes)
{
    return double(bytes) / 1e6;
}

} // namespace

class MemoryEstimateTest : public QObject
{
    Q_OBJECT

    static void addInputs()
    {
        QTest::addColumn<NetworkInput>("input");
        const UNetSpec standard = UNetSpec::standard(2, 16);
        QTest::newRow("192 x 192") << NetworkInput{standard, 192, 192, 1, Precision::fp32};
        QTest::newRow("256 x 128, batch 2") << NetworkInput{standard, 256, 128, 2, Precision::fp32};
        if (winograd::hasFastBf16())
            QTest::newRow("mixed") << NetworkInput{standard, 192, 192, 2, Precision::mixed};
        QTest::newRow("bf16") << NetworkInput{standard, 192, 192, 2, Precision::bf16};
        QTest::newRow("six classes")
            << NetworkInput{UNetSpec::standard(6, 8), 256, 256, 1, Precision::fp32};
        QTest::newRow("reference")
            << NetworkInput{UNetSpec::reference(16), 220, 220, 1, Precision::fp32};
    }

    /// Elsewhere LibTorch unrolls each bf16 convolution into a matrix, nine times as large.
    static bool isMeasurable(const NetworkInput& input)
    {
        return input.precision != Precision::bf16 ||
               OneDnnConvolution::canRun(at::empty({16, 16, 3, 3}, at::kBFloat16));
    }

private Q_SLOTS:

    void initTestCase()
    {
        CountingAllocator::get();
        at::set_num_threads(1);
    }

    void inferenceNeedsWhatIsForetold_data() { addInputs(); }

    void inferenceNeedsWhatIsForetold()
    {
        QFETCH(NetworkInput, input);
        if (!isMeasurable(input))
            QSKIP("this processor does not compute in bf16");
        const double foretold = megabytes(MemoryEstimate::ofInference(input).peakBytes);
        const double measured = megabytes(measuredInference(input));
        qInfo("foretold %.1f MB, measured %.1f MB: %.2f", foretold, measured, measured / foretold);
        QVERIFY(measured <= 1.1 * foretold);
        QVERIFY(measured >= 0.4 * foretold); // not every processor transforms weights
    }

    void trainingNeedsWhatIsForetold_data() { addInputs(); }

    void trainingNeedsWhatIsForetold()
    {
        QFETCH(NetworkInput, input);
        if (!isMeasurable(input))
            QSKIP("this processor does not compute in bf16");
        const double foretold = megabytes(MemoryEstimate::ofTraining(input).peakBytes);
        const double measured = megabytes(measuredTraining(input));
        qInfo("foretold %.1f MB, measured %.1f MB: %.2f", foretold, measured, measured / foretold);
        QVERIFY(measured <= 1.1 * foretold);
        QVERIFY(measured >= 0.7 * foretold); // not every processor transforms weights
    }

    void twiceTheBatchTakesTwiceTheMaps()
    {
        const NetworkInput one = {UNetSpec::standard(2, 32), 512, 512, 1, Precision::bf16};
        NetworkInput two = one;
        two.batch = 2;
        const auto first = MemoryEstimate::ofInference(one);
        const auto second = MemoryEstimate::ofInference(two);
        QCOMPARE(second.peakBytes - second.weightBytes, 2 * (first.peakBytes - first.weightBytes));
        QCOMPARE(second.weightBytes, first.weightBytes);
    }

    void aTensorOfTwoToThe31ElementsDoesNotFit()
    {
        // The largest map is the concatenation: 2 x 64 channels of 4096 x 4096 pixels are 2^31.
        const NetworkInput input = {UNetSpec::standard(2, 64), 4096, 4096, 1, Precision::bf16};
        const auto estimate = MemoryEstimate::ofInference(input);
        QCOMPARE(estimate.largestElements, qint64(1) << 31);
        QVERIFY(!estimate.fits(std::numeric_limits<qint64>::max()));
        NetworkInput smaller = input;
        smaller.widthPx -= 16;
        QVERIFY(MemoryEstimate::ofInference(smaller).fits(std::numeric_limits<qint64>::max()));
    }
};

QTEST_GUILESS_MAIN(MemoryEstimateTest)
#include "MemoryEstimateTest.moc"
