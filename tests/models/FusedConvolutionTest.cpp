// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/FusedConvolution.h"

#include "models/torch/ChannelsLast.h"
#include "models/torch/Processor.h"
#include "models/torch/layers/CheckedMethod.h"
#include "models/torch/layers/OneDnnConvolution.h"
#include "models/torch/winograd/WinogradConvolution.h"
#include "tests/support/DrawnTensors.h"

#include <QTest>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

using namespace emend;

namespace {

/// As networks draw them, so that the answer is about as large as the input.
at::Tensor drawnWeight(int64_t outputs, int64_t inputs, int64_t side)
{
    const double spread = std::sqrt(2.0 / double(inputs * side * side));
    return drawn({outputs, inputs, side, side}, 5).mul(spread);
}

at::Tensor drawnBias(int64_t outputs)
{
    return at::linspace(-0.5, 0.5, outputs, at::kFloat);
}

/// The plain operator in twice as many digits.
at::Tensor exact(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                 int64_t padding)
{
    return at::conv2d(x.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble), 1, padding);
}

/// Answers with what it was given times a number, or not at all.
struct Times : FusedConvolution::Method
{
    explicit Times(float number, int& runs)
        : factor(number)
        , count(runs)
    {
    }

    at::Tensor run(at::TensorList parts) const override
    {
        ++count;
        TORCH_CHECK(factor != 0, "unable to find an engine to execute this computation");
        return parts.front() * factor;
    }

    float factor;
    int& count;
};

/// What comes of three runs of a method that is to multiply by two, and how often the fast way and
/// the sure way were taken.
struct Checked
{
    explicit Checked(float fastFactor)
    {
        const CheckedMethod method(std::make_unique<Times>(fastFactor, fast),
                                   std::make_unique<Times>(2, sure));
        for (int i = 0; i < 3; ++i)
            isRight &= method.run(x).allclose(x * 2);
    }

    at::Tensor x = at::linspace(-1, 2, 24, at::kFloat).view({1, 2, 3, 4});
    bool isRight = true;
    int fast = 0;
    int sure = 0;
};

} // namespace

/// Each way of computing a layer against the plain operators.
class FusedConvolutionTest : public QObject
{
    Q_OBJECT

private:
    c10::InferenceMode m_inference;

private Q_SLOTS:

    void cleanup() { at::set_num_threads(2); }

    void aFastWayIsTakenWhereItsFirstAnswerIsRight()
    {
        const Checked checked(2);
        QVERIFY(checked.isRight);
        QCOMPARE(checked.fast, 4); // twice at first, the second time where NaN lay
        QCOMPARE(checked.sure, 1);
    }

    void aFastWayThatIsWrongIsNotTakenAgain()
    {
        const Checked checked(2.2F);
        QVERIFY(checked.isRight);
        QCOMPARE(checked.fast, 2);
        QCOMPARE(checked.sure, 4); // to compare, and then each time
    }

    void aFastWayThatIsNotThereIsNotTakenAgain()
    {
        const Checked checked(0);
        QVERIFY(checked.isRight);
        QCOMPARE(checked.fast, 1);
        QCOMPARE(checked.sure, 3);
    }

    void thatMemoryRunsOutSaysNothingOfAFastWay()
    {
        struct Full : FusedConvolution::Method
        {
            at::Tensor run(at::TensorList) const override
            {
                C10_THROW_ERROR(OutOfMemoryError, "out of memory");
            }
        };

        int runs = 0;
        const CheckedMethod method(std::make_unique<Full>(), std::make_unique<Times>(2, runs));
        QVERIFY_THROWS_EXCEPTION(c10::OutOfMemoryError, method.run({at::ones({1, 1, 2, 2})}));
        QCOMPARE(runs, 0);
    }

    void imagesOfOneChannelCanBeSaidToBeChannelsLast()
    {
        const at::Tensor image = at::rand({2, 1, 5, 7});
        const at::Tensor said = saidToBeChannelsLast(image);
        QVERIFY(image.suggest_memory_format() == at::MemoryFormat::Contiguous);
        QVERIFY(said.suggest_memory_format() == at::MemoryFormat::ChannelsLast);
        QVERIFY(said.equal(image));
        QVERIFY(said.data_ptr() == image.data_ptr());
        QVERIFY(saidToBeChannelsLast(at::rand({8, 1, 3, 3})).suggest_memory_format() ==
                at::MemoryFormat::ChannelsLast);
    }

    void everyLayerIsThatOfThePlainOperator_data()
    {
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("images");
        QTest::newRow("whole tiles") << 16 << 32 << 12 << 16 << 1;
        QTest::newRow("odd sides") << 48 << 16 << 17 << 9 << 1;
        QTest::newRow("smaller than a tile") << 32 << 16 << 3 << 3 << 1;
        QTest::newRow("several images") << 16 << 16 << 11 << 14 << 3;
        QTest::newRow("many channels") << 272 << 256 << 14 << 13 << 1;
        QTest::newRow("the first layer") << 1 << 16 << 20 << 13 << 2;
        QTest::newRow("few channels") << 4 << 12 << 15 << 10 << 1;
    }

    void everyLayerIsThatOfThePlainOperator()
    {
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, images);
        const at::Tensor x = drawn({images, inputs, height, width}, 1);
        const at::Tensor weight = drawnWeight(outputs, inputs, 3);
        const at::Tensor bias = drawnBias(outputs);
        for (const int padding : {0, 1}) {
            const at::Tensor sums = exact(x, weight, bias, padding);
            for (const bool isRelu : {false, true}) {
                const FusedConvolution convolution({weight, bias, padding, isRelu});
                const at::Tensor answer = convolution.run(x);
                QVERIFY(answer.is_contiguous(at::MemoryFormat::ChannelsLast));
                QVERIFY(relativeDifference(answer, isRelu ? sums.relu() : sums) < 5e-6);
            }
        }
    }

    void productsInBf16AreNearlyThatOfThePlainOperator_data()
    {
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("16 to 32") << 16 << 32;
        QTest::newRow("48 to 16") << 48 << 16;
        QTest::newRow("272 to 256") << 272 << 256;
    }

    void productsInBf16AreNearlyThatOfThePlainOperator()
    {
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        if (!hasAvx512Bf16())
            QSKIP("this processor does not multiply in bf16");
        const at::Tensor x = drawn({2, inputs, 17, 14}, 1);
        const at::Tensor weight = drawnWeight(outputs, inputs, 3);
        const at::Tensor bias = drawnBias(outputs);
        const FusedConvolution convolution({weight, bias, 1, true, true});
        const at::Tensor answer = convolution.run(x);
        const double difference = relativeDifference(answer, exact(x, weight, bias, 1).relu());
        QVERIFY(difference < 0.02);
        QVERIFY(difference > 1e-4); // else it was not bf16
        at::set_num_threads(1);
        QVERIFY(at::equal(convolution.run(x), answer));
    }

    void fewChannelsAndTheFirstLayerAreLeftToOneDnn()
    {
        QVERIFY(!WinogradConvolution::suits(drawnWeight(16, 1, 3)));
        QVERIFY(!WinogradConvolution::suits(drawnWeight(12, 16, 3)));
        QVERIFY(!WinogradConvolution::suits(drawnWeight(2, 16, 1)));
        QVERIFY(!WinogradConvolution::suits(drawnWeight(16, 16, 3).to(at::kBFloat16)));
        QVERIFY(OneDnnConvolution::canRun(drawnWeight(12, 16, 3)));
    }

    void poolsAsMaxPoolDoes_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("even sides") << 16 << 24 << 20;
        QTest::newRow("odd sides") << 32 << 13 << 11;
        QTest::newRow("few channels") << 4 << 14 << 12;
    }

    void poolsAsMaxPoolDoes()
    {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        for (const int padding : {0, 1}) {
            const FusedConvolution convolution(
                {drawnWeight(channels, channels, 3), drawnBias(channels), padding, false});
            const auto [answer, pooled] =
                convolution.runAndPool(drawn({2, channels, height, width}, 2));
            QVERIFY(at::equal(pooled, at::max_pool2d(answer, 2)));
        }
    }

    void partsAreAsGoodAsTheirConcatenation_data()
    {
        QTest::addColumn<int>("channels");
        QTest::newRow("Winograd") << 32;
        QTest::newRow("oneDNN") << 6;
    }

    void partsAreAsGoodAsTheirConcatenation()
    {
        QFETCH(int, channels);
        const at::Tensor up = drawn({2, channels, 10, 18}, 3);
        // The middle of a larger image, as skip connections are cropped.
        const at::Tensor skip = drawn({2, channels, 18, 26}, 4).narrow(2, 4, 10).narrow(3, 4, 18);
        const FusedConvolution convolution(
            {drawnWeight(16, 2 * channels, 3), drawnBias(16), 0, true});
        QVERIFY(at::equal(convolution.run({up, skip}), convolution.run(at::cat({up, skip}, 1))));
    }

    void imagesOfAnotherLayoutAreReadRight()
    {
        const at::Tensor x = drawn({1, 32, 10, 12}, 6);
        const FusedConvolution convolution({drawnWeight(16, 32, 3), drawnBias(16), 1, true});
        QVERIFY(at::equal(convolution.run(x.contiguous()), convolution.run(x)));
    }

    void threadsDoNotChangeASum()
    {
        const at::Tensor x = drawn({1, 64, 37, 41}, 7);
        const FusedConvolution convolution({drawnWeight(48, 64, 3), drawnBias(48), 1, true});
        at::set_num_threads(1);
        const at::Tensor alone = convolution.run(x);
        at::set_num_threads(3);
        QVERIFY(at::equal(convolution.run(x), alone));
    }

    void moreSizesThanAreKeptStayRight()
    {
        const at::Tensor weight = drawnWeight(6, 3, 3);
        const FusedConvolution convolution({weight, drawnBias(6), 1, true});
        for (int round = 0; round < 2; ++round) {
            for (int side = 8; side < 15; ++side) {
                const at::Tensor x = drawn({1, 3, side, side + 1}, uint64_t(side));
                QVERIFY(relativeDifference(convolution.run(x),
                                           exact(x, weight, drawnBias(6), 1).relu()) < 1e-6);
            }
        }
    }

    void transposedConvolutionsAreThoseOfThePlainOperator_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<bool>("isBf16");
        for (const int side : {2, 3}) {
            for (const bool isBf16 : {false, true})
                QTest::addRow("%d x %d, %s", side, side, isBf16 ? "bf16" : "fp32")
                    << side << isBf16;
        }
    }

    void transposedConvolutionsAreThoseOfThePlainOperator()
    {
        QFETCH(int, side);
        QFETCH(bool, isBf16);
        const at::ScalarType type = isBf16 ? at::kBFloat16 : at::kFloat;
        const at::Tensor x = drawn({2, 32, 7, 10}, 8).to(type);
        const at::Tensor weight = drawnWeight(32, 16, side).to(type);
        const at::Tensor bias = drawnBias(16).to(type);
        at::Tensor expected = at::conv_transpose2d(x.to(at::kDouble), weight.to(at::kDouble),
                                                   bias.to(at::kDouble), 2);
        if (side == 3)
            expected = expected.narrow(2, 0, 14).narrow(3, 0, 20).relu();
        const at::Tensor answer = FusedUpConvolution(weight, bias).run(x);
        QCOMPARE(answer.scalar_type(), type);
        QVERIFY(relativeDifference(answer, expected) < (isBf16 ? 1e-2 : 1e-6));
    }

    void bf16IsAsGoodAsItsDigits()
    {
        const at::Tensor x = drawn({1, 32, 12, 15}, 9).to(at::kBFloat16);
        const at::Tensor weight = drawnWeight(16, 32, 3).to(at::kBFloat16);
        const at::Tensor bias = drawnBias(16).to(at::kBFloat16);
        const at::Tensor answer = FusedConvolution({weight, bias, 1, true}).run(x);
        QCOMPARE(answer.scalar_type(), at::kBFloat16);
        QVERIFY(relativeDifference(answer, exact(x, weight, bias, 1).relu()) < 1e-2);
    }
};

QTEST_GUILESS_MAIN(FusedConvolutionTest)
#include "FusedConvolutionTest.moc"
