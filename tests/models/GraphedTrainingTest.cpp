// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/GraphedTraining.h"

#include "models/torch/learning/DeviceAugmentation.h"
#include "models/torch/learning/TrainingStep.h"
#include "tests/support/LateRuntime.h"

#include <QTest>

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

using namespace emend;

namespace {

constexpr int patchPx = 32;
constexpr int batch = 2;

UNet drawnNetwork(UNetSpec::Padding padding = UNetSpec::Padding::same)
{
    UNetSpec spec = UNetSpec::standard(2, 4);
    const bool isSame = padding == UNetSpec::Padding::same;
    spec.depth = isSame ? 2 : 1;
    spec.padding = padding;
    // Without borders BatchNorm takes away what the biases before it add: their gradients are what
    // rounding leaves, and AdamW makes whole steps of it.
    spec.hasBatchNorm = isSame;
    UNet network(spec);
    network->initialise(7);
    return network;
}

GraphedTraining::Batch drawnBatch(int seed)
{
    at::manual_seed(quint64(seed));
    at::Tensor variations = at::zeros({batch, deviceAugmentation::numbers});
    for (int i = 0; i < batch; ++i)
        deviceAugmentation::write({}, variations[i]);
    return {at::randn({batch, 1, patchPx, patchPx}),
            at::randint(0, 3, {batch, patchPx, patchPx}, at::kByte), variations};
}

/// The middle that the network answers for.
at::Tensor answeredFor(const UNet& network, const at::Tensor& targets)
{
    const int answerPx = network->spec().outputSize(patchPx);
    const int border = (patchPx - answerPx) / 2;
    return targets.narrow(1, border, answerPx).narrow(2, border, answerPx);
}

GraphedTraining::Options options(double averagedSteps = 0)
{
    return {.batch = batch,
            .patchPx = patchPx,
            .precision = Precision::fp32,
            .averagedSteps = averagedSteps,
            .stepsBetweenLosses = 3};
}

void fill(GraphedTraining::Batch& to, const GraphedTraining::Batch& from)
{
    to.grey.copy_(from.grey);
    to.targets.copy_(from.targets);
    to.variations.copy_(from.variations);
}

double rateOf(int step)
{
    return 1e-3 / (1 + step);
}

float largestDifference(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b)
{
    float largest = a.size() == b.size() ? 0.0F : 1.0F;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, (a[i] - b[i]).abs().max().item<float>());
    return largest;
}

std::vector<at::Tensor> copies(const std::vector<at::Tensor>& tensors)
{
    std::vector<at::Tensor> all;
    for (const at::Tensor& tensor : tensors)
        all.push_back(tensor.detach().clone());
    return all;
}

} // namespace

/// Everything but the card: the graph's steps are those of TrainingStep, in whatever order the
/// card does what it may.
class GraphedTrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void stepsAreThoseOfThePlainLoop_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<bool>("isValid");
        for (unsigned seed = 1; seed <= 6; ++seed)
            QTest::addRow("dice %u", seed) << seed << false;
        QTest::newRow("smaller answers") << 7U << true;
    }

    void stepsAreThoseOfThePlainLoop()
    {
        QFETCH(unsigned, seed);
        QFETCH(bool, isValid);
        constexpr int steps = 8;
        const auto padding = isValid ? UNetSpec::Padding::valid : UNetSpec::Padding::same;
        UNet plain = drawnNetwork(padding);
        TrainingStep plainStep(plain, {}, Precision::fp32, at::kCPU);
        UNet graphed = drawnNetwork(padding);
        LateRuntime runtime(seed);
        GraphedTraining training(graphed, runtime, options());
        double sum = 0;
        JobContext job;
        for (int i = 0; i < steps; ++i) {
            const auto drawn = drawnBatch(i);
            sum += *plainStep.run({drawn.grey.contiguous(at::MemoryFormat::ChannelsLast),
                                   answeredFor(plain, drawn.targets).to(at::kLong), at::Tensor()},
                                  rateOf(i), job);
            fill(training.next(), drawn);
            training.step(rateOf(i));
        }
        auto losses = training.takeLosses();
        const auto rest = training.finish();
        losses.insert(losses.end(), rest.begin(), rest.end());
        QCOMPARE(runtime.recordings, 1);
        QCOMPARE(runtime.replays, steps - 3);
        QVERIFY(largestDifference(plain->parameters(), graphed->parameters()) < 1e-5F);
        QVERIFY(largestDifference(plain->buffers(), graphed->buffers()) < 1e-5F);

        int counted = 0;
        double graphedSum = 0;
        for (const auto& part : losses) {
            counted += part.steps;
            graphedSum += part.mean * part.steps;
            QCOMPARE(part.leftOut, 0);
            QCOMPARE(part.lastStep, counted);
        }
        QCOMPARE(counted, steps);
        QVERIFY(std::abs(graphedSum - sum) < 1e-3);
    }

    void aStepWithoutFiniteNumbersIsLeftOut()
    {
        UNet network = drawnNetwork();
        LateRuntime runtime(1);
        GraphedTraining training(network, runtime, options());
        std::vector<at::Tensor> before;
        for (int i = 0; i < 6; ++i) {
            auto drawn = drawnBatch(i);
            if (i >= 4)
                drawn.grey[0][0][3][3] = std::numeric_limits<float>::infinity();
            if (i == 4) {
                training.finish();
                before = copies(network->parameters());
            }
            fill(training.next(), drawn);
            training.step(1e-3);
        }
        const auto losses = training.finish();
        QCOMPARE(losses.size(), size_t(1));
        QCOMPARE(losses[0].steps, 2);
        QCOMPARE(losses[0].leftOut, 2);
        QCOMPARE(losses[0].mean, 0.0);
        QCOMPARE(largestDifference(before, network->parameters()), 0.0F);
    }

    void fp16sScaleFindsItsPlaceInsideTheGraph()
    {
        // The processor computes FP16 too, only slowly. The first scale, 65536, is too large here.
        UNet network = drawnNetwork();
        const auto before = copies(network->parameters());
        LateRuntime runtime(2);
        auto wanted = options();
        wanted.precision = Precision::fp16;
        GraphedTraining training(network, runtime, wanted);
        int leftOut = 0;
        for (int i = 0; i < 20; ++i) {
            fill(training.next(), drawnBatch(i));
            training.step(1e-3);
        }
        for (const auto& part : training.finish())
            leftOut += part.leftOut;
        QVERIFY(leftOut < 20);
        for (const at::Tensor& weight : network->parameters())
            QVERIFY(weight.isfinite().all().item<bool>());
        QVERIFY(largestDifference(before, network->parameters()) > 1e-4F);
    }

    void theMeanOfTheWeightsComesOut()
    {
        UNet plain = drawnNetwork();
        UNet averaged = drawnNetwork();
        LateRuntime runtime(3);
        GraphedTraining plainTraining(plain, runtime, options());
        GraphedTraining averagedTraining(averaged, runtime, options(2));
        std::vector<at::Tensor> mean = copies(plain->parameters());
        for (int i = 0; i < 5; ++i) {
            for (GraphedTraining* training : {&plainTraining, &averagedTraining}) {
                fill(training->next(), drawnBatch(i));
                training->step(1e-2);
            }
            plainTraining.finish();
            const double share = i == 0 ? 1.0 : 0.5;
            for (size_t w = 0; w < mean.size(); ++w)
                mean[w].lerp_(plain->parameters()[w].detach(), share);
        }
        averagedTraining.finish();
        QVERIFY(largestDifference(mean, averaged->parameters()) < 1e-5F);
        QVERIFY(largestDifference(mean, plain->parameters()) > 1e-4F);
    }

    void patchesAreVariedAsOnTheProcessor_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 24; ++seed)
            QTest::addRow("dice %d", seed) << seed;
    }

    void patchesAreVariedAsOnTheProcessor()
    {
        QFETCH(int, seed);
        Random random(quint64(seed) * 7919);
        PatchVariation variation = PatchVariation::drawn(random);
        variation.noise = 0;
        const auto drawn = drawnBatch(seed);
        TrainingPatch patch{patchPx, {}, {}};
        const float* grey = drawn.grey[0].data_ptr<float>();
        patch.grey.assign(grey, grey + patchPx * patchPx);
        const uint8_t* targets = drawn.targets[0].data_ptr<uint8_t>();
        patch.targets.assign(targets, targets + patchPx * patchPx);
        apply(variation, patch, random);

        const at::Tensor variations = at::zeros({batch, deviceAugmentation::numbers});
        deviceAugmentation::write(variation, variations[0]);
        deviceAugmentation::write({}, variations[1]);
        const auto varied =
            deviceAugmentation::apply({drawn.grey, drawn.targets.to(at::kLong)}, variations);
        const at::Tensor expected =
            at::from_blob(patch.grey.data(), {patchPx, patchPx}, at::kFloat);
        QVERIFY(at::allclose(varied.grey[0][0], expected, 1e-5, 1e-5));
        const at::Tensor expectedTargets =
            at::from_blob(patch.targets.data(), {patchPx, patchPx}, at::kByte);
        QVERIFY(varied.targets[0].eq(expectedTargets).all().item<bool>());
        QVERIFY(at::allclose(varied.grey[1], drawn.grey[1], 1e-5, 1e-5)); // the other is as it was
    }

    void noiseHasItsStrength()
    {
        const auto drawn = drawnBatch(1);
        const at::Tensor variations = at::zeros({batch, deviceAugmentation::numbers});
        PatchVariation variation;
        variation.noise = 0.25F;
        deviceAugmentation::write(variation, variations[0]);
        deviceAugmentation::write({}, variations[1]);
        const at::Tensor grey =
            deviceAugmentation::apply({drawn.grey, drawn.targets.to(at::kLong)}, variations).grey;
        QVERIFY(std::abs((grey[0] - drawn.grey[0]).std().item<double>() - 0.25) < 0.03);
        QVERIFY((grey[1] - drawn.grey[1]).abs().max().item<float>() < 1e-5F);
    }
};

QTEST_GUILESS_MAIN(GraphedTrainingTest)
#include "GraphedTrainingTest.moc"
