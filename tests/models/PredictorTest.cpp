// SPDX-License-Identifier: Apache-2.0
#include "models/Predictor.h"

#include "core/Error.h"
#include "models/slices/MembranePolarity.h"
#include "models/torch/TensorBridge.h"
#include "models/torch/UNet.h"
#include "models/torch/prediction/TiledInference.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <torch/utils.h>

#include <cmath>
#include <new>

using namespace emend;

namespace {

std::shared_ptr<const ImageStack> drawnStack(int width, int height, int slices = 1)
{
    std::vector<std::vector<quint16>> pixels;
    for (int z = 0; z < slices; ++z) {
        std::vector<quint16> slice;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                slice.push_back(quint16(128 + 60 * std::sin(x * 0.11 + z) * std::cos(y * 0.07) +
                                        (x * 7919 + y * 104729) % 61));
        }
        pixels.push_back(std::move(slice));
    }
    return makeMemoryStack({.size = {width, height, slices}, .bitsPerPixel = 8}, pixels);
}

float largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    float largest = a.size() == b.size() ? 0.0F : 1.0F;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

ProbabilityMap predicted(const std::shared_ptr<const Checkpoint>& model, const ImageStack& stack,
                         PredictorOptions options, VoxelSize voxelSize = {})
{
    JobContext job;
    return Predictor(model, ComputeDevice::cpu(), options).predictSlice(stack, 0, voxelSize, job);
}

/// The network as it is trained, BatchNorm and all, on a slice in one piece: what the predictor
/// must agree with.
std::vector<float> plainAnswer(const Checkpoint& model, const ImageStack& stack)
{
    const torch::NoGradGuard noGrad;
    UNet network(model.spec);
    network->setWeights(model.weights);
    network->eval();
    const ScaledSlice slice(stack, 0, {});
    const int halo = 32; // so much of its mirror image is shown around a slice on the CPU
    const Rect rect = slice.rect().grownBy(halo);
    std::vector<float> grey = slice.readMirrored(rect);
    SliceNormalisation::of(slice, hasBrightMembranes(stack, {})).apply(grey);
    const torch::Tensor input = toTensor({{1, 1, rect.height, rect.width}, std::move(grey)});
    const torch::Tensor answer = torch::softmax(network(input), 1)
                                     .narrow(2, halo, slice.height())
                                     .narrow(3, halo, slice.width());
    return toWeights(answer).values;
}

/// As many levels and the same reach as the shipped network, but quick.
UNetSpec smallSpec()
{
    return UNetSpec::standard(3, 4);
}

} // namespace

class PredictorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void agreesWithTheNetworkAsItIsTrained()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(208, 160);
        const ProbabilityMap map = predicted(model, *stack, {.precision = Precision::fp32});
        QCOMPARE(map.width, 208);
        QCOMPARE(map.height, 160);
        QCOMPARE(map.classCount, 3);
        QVERIFY(largestDifference(map.values, plainAnswer(*model, *stack)) < 1e-4F);
    }

    void theAnswerDependsOnThePicture()
    {
        const auto model = randomModel(smallSpec());
        const auto map = predicted(model, *drawnStack(160, 160), {.precision = Precision::fp32});
        const auto [smallest, largest] =
            std::minmax_element(map.plane(1).begin(), map.plane(1).end());
        QVERIFY(*largest - *smallest > 0.05F);
    }

    void probabilitiesSumUpToOne()
    {
        const auto map = predicted(randomModel(smallSpec()), *drawnStack(100, 70), {});
        for (size_t i = 0; i < map.plane(1).size(); ++i)
            QVERIFY(std::abs(map.plane(1)[i] + map.plane(2)[i] + map.plane(3)[i] - 1) < 1e-5F);
    }

    void tileSizeBatchAndThreadsDoNotChangeTheAnswer_data()
    {
        QTest::addColumn<bool>("isReference");
        QTest::newRow("same padding") << false;
        QTest::newRow("valid padding, 3 x 3 up-convolutions") << true;
    }

    void tileSizeBatchAndThreadsDoNotChangeTheAnswer()
    {
        QFETCH(bool, isReference);
        const auto model = randomModel(isReference ? UNetSpec::reference(2) : smallSpec());
        const auto stack = drawnStack(601, 530);
        const ProbabilityMap whole =
            predicted(model, *stack, {.precision = Precision::fp32, .tilePx = 1024});
        const auto agrees = [&](PredictorOptions options) {
            options.precision = Precision::fp32;
            const ProbabilityMap map = predicted(model, *stack, options);
            return largestDifference(map.values, whole.values) <= 1e-5F;
        };
        QVERIFY(agrees({.tilePx = 64, .batch = 3}));
        QVERIFY(agrees({.tilePx = 256}));
        QVERIFY(agrees({.tilePx = 256, .batch = 4}));
        QVERIFY(agrees({.tilePx = 384, .threads = 1}));
        QVERIFY(agrees({.tilePx = 512}));
    }

    void invertedStacksArePredictedAsTheOthers()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(200, 160);
        std::vector<quint16> pixels = stack->read(0, stack->size().sliceRect()).pixels;
        for (quint16& pixel : pixels)
            pixel = quint16(255 - pixel);
        const auto inverted = makeMemoryStack(stack->info(), {pixels});
        const auto with = [&](const ImageStack& shown) {
            return predicted(model, shown, {.precision = Precision::fp32}).values;
        };
        QVERIFY(largestDifference(with(*stack), with(*inverted)) <= 1e-4F);
    }

    void viewsDoNotDependOnTiles_data() { tileSizeBatchAndThreadsDoNotChangeTheAnswer_data(); }

    void viewsDoNotDependOnTiles()
    {
        QFETCH(bool, isReference);
        const auto model = randomModel(isReference ? UNetSpec::reference(2) : smallSpec());
        const auto stack = drawnStack(310, 290);
        const auto with = [&](int tilePx, int views) {
            return predicted(
                model, *stack,
                {.precision = Precision::fp32, .tilePx = tilePx, .batch = 2, .views = views});
        };
        const ProbabilityMap whole = with(1024, 8);
        QVERIFY(largestDifference(with(64, 8).values, whole.values) <= 1e-5F);
        QVERIFY(largestDifference(with(1024, 1).values, whole.values) > 1e-4F);
    }

    void samePaddingWithThreeByThreeUpConvolutionsHasNoSeams()
    {
        UNetSpec spec = UNetSpec::standard(2, 2);
        spec.upConvolution = UNetSpec::UpConvolution::threeByThree;
        const auto model = randomModel(spec);
        const auto stack = drawnStack(300, 200);
        const auto whole = predicted(model, *stack, {.precision = Precision::fp32});
        const auto tiled = predicted(model, *stack, {.precision = Precision::fp32, .tilePx = 64});
        QVERIFY(largestDifference(whole.values, tiled.values) <= 1e-5F);
    }

    void aSliceSmallerThanTheHaloIsPredicted_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1 x 1") << 1 << 1;
        QTest::newRow("7 x 3") << 7 << 3;
        QTest::newRow("500 x 5") << 500 << 5;
    }

    void aSliceSmallerThanTheHaloIsPredicted()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(width, height);
        const auto whole = predicted(model, *stack, {.precision = Precision::fp32});
        const auto tiled = predicted(model, *stack, {.precision = Precision::fp32, .tilePx = 64});
        QCOMPARE(whole.values.size(), size_t(3 * width * height));
        QVERIFY(largestDifference(whole.values, tiled.values) <= 1e-5F);
    }

    void blocksMakeUpTheSlice()
    {
        const auto model = randomModel(UNetSpec::standard(2, 1));
        const auto stack = drawnStack(2100, 70);
        JobContext job;
        Predictor predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        const ProbabilityMap whole = predictor.predictSlice(*stack, 0, {}, job);
        std::vector<Rect> rects;
        predictor.predictBlocks(*stack, 0, {}, job, [&](Rect rect, const ProbabilityMap& block) {
            rects.push_back(rect);
            for (int y = 0; y < rect.height; ++y) {
                for (int x = 0; x < rect.width; ++x)
                    QCOMPARE(block.plane(2)[size_t(y * rect.width + x)],
                             whole.plane(2)[size_t((y + rect.y) * 2100 + x + rect.x)]);
            }
        });
        QCOMPARE(rects, (std::vector<Rect>{{0, 0, 1088, 70}, {1088, 0, 1012, 70}}));
    }

    void aFinerStackIsSeenAtTheModelsScale()
    {
        // The same picture at half the pixel size: each pixel four times.
        const auto model = randomModel(smallSpec());
        const auto coarse = drawnStack(96, 80);
        const GreyImage grey = coarse->read(0, {0, 0, 96, 80});
        std::vector<quint16> doubled;
        for (int y = 0; y < 160; ++y) {
            for (int x = 0; x < 192; ++x)
                doubled.push_back(grey.at(x / 2, y / 2));
        }
        const auto fine = makeMemoryStack({.size = {192, 160, 1}, .bitsPerPixel = 8}, {doubled});
        const auto expected = predicted(model, *coarse, {.precision = Precision::fp32}, {4, 4, 50});
        const auto map = predicted(model, *fine, {.precision = Precision::fp32}, {2, 2, 50});
        QCOMPARE(map.width, 192);
        QCOMPARE(map.height, 160);
        const ScaledSlice back(*fine, 0, {2, 2});
        const std::vector<float> plane(expected.plane(1).begin(), expected.plane(1).end());
        const auto enlarged = back.toStack(plane, {0, 0, 96, 80}, {0, 0, 192, 160});
        QVERIFY(largestDifference({map.plane(1).begin(), map.plane(1).end()}, enlarged) < 1e-5F);
    }

    void bf16StaysCloseToFp32()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(160, 160);
        const auto exact = predicted(model, *stack, {.precision = Precision::fp32});
        const auto quick = predicted(model, *stack, {.precision = Precision::bf16});
        double sum = 0;
        for (size_t i = 0; i < exact.values.size(); ++i)
            sum += std::abs(exact.values[i] - quick.values[i]);
        QVERIFY(sum / double(exact.values.size()) < 0.02);
        QVERIFY(sum > 0); // else it was not bf16
    }

    void mixedGivesNearlyEachPixelTheClassOfFp32()
    {
        const ComputeDevice cpu = ComputeDevice::cpu();
        if (cpu.resolve(Precision::automatic) != Precision::mixed)
            QSKIP("this processor is not faster in bf16");
        const auto model = randomModel(UNetSpec::standard(2, 16));
        const auto stack = drawnStack(160, 160);
        const auto exact = predicted(model, *stack, {.precision = Precision::fp32});
        const auto quick = predicted(model, *stack, {.precision = Precision::mixed});
        int others = 0;
        double sum = 0;
        for (int i = 0; i < 160 * 160; ++i) {
            others += (exact.plane(1)[size_t(i)] > 0.5F) != (quick.plane(1)[size_t(i)] > 0.5F);
            sum += std::abs(exact.plane(1)[size_t(i)] - quick.plane(1)[size_t(i)]);
        }
        qInfo("%d pixels of another class, mean difference %g", others, sum / (160 * 160));
        QVERIFY(others <= 160 * 160 / 50); // random weights: many pixels are near to one half
        QVERIFY(sum / (160 * 160) < 0.005);
        QVERIFY(sum > 0); // else it was not bf16
    }

    void outOfMemoryHalvesTheBatchThenTheTile()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(300, 260);
        const ScaledSlice slice(*stack, 0, {});
        const auto normalisation = SliceNormalisation::of(slice);
        JobContext job;
        const PredictorOptions options = {.precision = Precision::fp32, .tilePx = 256, .batch = 4};
        TiledInference roomy(*model, ComputeDevice::cpu(), options);
        const auto expected = roomy.run(slice, normalisation, slice.rect(), job);

        TiledInference cramped(*model, ComputeDevice::cpu(), options);
        cramped.setObserver([](int tilePx, int batch) {
            if (batch * tilePx > 128)
                throw std::bad_alloc();
        });
        const auto planes = cramped.run(slice, normalisation, slice.rect(), job);
        QCOMPARE(cramped.batch(), 1);
        QCOMPARE(cramped.tilePx(), 128);
        for (size_t c = 0; c < planes.size(); ++c)
            QVERIFY(largestDifference(planes[c], expected[c]) <= 1e-5F);
    }

    void libTorchsOwnOutOfMemoryIsUnderstood()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(100, 100);
        const ScaledSlice slice(*stack, 0, {});
        JobContext job;
        TiledInference tiles(*model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        tiles.setObserver([](int tilePx, int) {
            if (tilePx > 200)
                torch::empty({qint64(1) << 50}); // a petabyte and more
        });
        tiles.run(slice, SliceNormalisation::of(slice), slice.rect(), job);
        QVERIFY(tiles.tilePx() <= 200);
    }

    void whenNothingIsSmallEnoughItSaysSo()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(100, 100);
        const ScaledSlice slice(*stack, 0, {});
        JobContext job;
        TiledInference tiles(*model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        tiles.setObserver([](int, int) { throw std::bad_alloc(); });
        try {
            tiles.run(slice, SliceNormalisation::of(slice), slice.rect(), job);
            QFAIL("predicted without memory");
        } catch (const Error& error) {
            QVERIFY(error.text().contains(QStringLiteral("memory")));
        }
    }

    void otherTroubleIsOneSentence()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(100, 100);
        const ScaledSlice slice(*stack, 0, {});
        JobContext job;
        TiledInference tiles(*model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        tiles.setObserver([](int, int) { torch::ones({2, 3}).matmul(torch::ones({2, 3})); });
        try {
            tiles.run(slice, SliceNormalisation::of(slice), slice.rect(), job);
            QFAIL("nothing went wrong");
        } catch (const Error& error) {
            QVERIFY(!error.text().contains(QLatin1Char('\n')));
        }
    }

    void cancelEndsWithinASlice()
    {
        const auto model = randomModel(smallSpec());
        const auto stack = drawnStack(600, 600);
        std::stop_source stop;
        double furthest = 0;
        JobContext job(stop.get_token(), [&](double fraction, const QString&) {
            furthest = fraction;
            stop.request_stop();
        });
        Predictor predictor(model, ComputeDevice::cpu(), {.tilePx = 256});
        QVERIFY_EXCEPTION_THROWN(predictor.predictSlice(*stack, 0, {}, job), Cancelled);
        QVERIFY(furthest > 0 && furthest < 1);
    }

    void slicesComeInOrderAndProgressRises()
    {
        const auto model = randomModel(UNetSpec::standard(2, 2));
        const auto stack = drawnStack(64, 64, 4);
        std::vector<double> fractions;
        JobContext job({}, [&](double fraction, const QString&) { fractions.push_back(fraction); });
        std::vector<int> slices;
        Predictor predictor(model, ComputeDevice::cpu(), {});
        predictor.predict(*stack, SliceRange({0, 2, 3}), {}, job,
                          [&](int z, const ProbabilityMap&) { slices.push_back(z); });
        QCOMPARE(slices, (std::vector<int>{0, 2, 3}));
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
    }
};

QTEST_GUILESS_MAIN(PredictorTest)
#include "PredictorTest.moc"
