// SPDX-License-Identifier: Apache-2.0
#include "tests/support/HostKernels.h"

#include <QTest>

#include <ATen/ATen.h>

using namespace emend;

namespace {

at::Tensor map(at::IntArrayRef sizes, at::ScalarType type)
{
    return at::randn(sizes).to(type).contiguous(at::MemoryFormat::ChannelsLast);
}

float largestDifference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<float>();
}

void addTypes()
{
    QTest::addColumn<bool>("isBf16");
    QTest::newRow("float32") << false;
    QTest::newRow("bfloat16") << true;
}

} // namespace

/// What each kernel does with its numbers, against LibTorch's own operators on the processor.
class CardKernelsTest : public QObject
{
    Q_OBJECT

    HostKernels m_kernels;

private Q_SLOTS:

    void init() { at::manual_seed(5); }

    void bf16IsRoundedAsLibTorchRounds()
    {
        const at::Tensor numbers = at::cat({at::randn({4000}), at::tensor({0.0F, -0.0F, 1e30F}),
                                            at::tensor({1.00390625F, 1.01171875F})}); // halves
        const at::Tensor expected = numbers.to(at::kBFloat16).to(at::kFloat);
        for (int64_t i = 0; i < numbers.numel(); ++i) {
            kernels::Bf16 value;
            kernels::assign(value, numbers[i].item<float>());
            QCOMPARE(kernels::toFloat(value), expected[i].item<float>());
        }
    }

    void headIsConvolutionSoftmaxAndArgmax_data() { addTypes(); }

    void headIsConvolutionSoftmaxAndArgmax()
    {
        QFETCH(bool, isBf16);
        for (const int classes : {2, 5}) {
            const at::Tensor features = map({2, 24, 13, 17}, isBf16 ? at::kBFloat16 : at::kFloat);
            const at::Tensor weight = at::randn({classes, 24, 1, 1});
            const at::Tensor bias = at::randn({classes});
            const at::Tensor probabilities = at::zeros({2, classes, 7, 11}, at::kByte);
            const at::Tensor labels = at::zeros({2, 7, 11}, at::kByte);
            m_kernels.head(features, weight, bias, 3, probabilities, labels);

            const at::Tensor expected =
                at::softmax(at::conv2d(features.to(at::kFloat), weight, bias), 1)
                    .narrow(2, 3, 7)
                    .narrow(3, 3, 11);
            QVERIFY(largestDifference(probabilities.to(at::kFloat).div(255), expected) <=
                    0.5F / 255 + 1e-5F);
            // Where two classes are as good as even the order of adding up may decide.
            const at::Tensor sorted = std::get<0>(expected.sort(1, true));
            const at::Tensor isClear = (sorted.select(1, 0) - sorted.select(1, 1)).gt(1e-5);
            const at::Tensor isSame = labels.eq(expected.argmax(1).add(1));
            QVERIFY(isSame.logical_or(isClear.logical_not()).all().item<bool>());
            QVERIFY(isClear.to(at::kFloat).mean().item<float>() > 0.99F);
        }
    }

    void firstLayerIsNormalisingAndConvolving_data()
    {
        QTest::addColumn<bool>("isBytes");
        QTest::addColumn<bool>("isBf16");
        QTest::addColumn<int>("padding");
        for (const bool isBytes : {false, true}) {
            for (const bool isBf16 : {false, true}) {
                for (const int padding : {0, 1})
                    QTest::addRow("%s to %s, padding %d", isBytes ? "bytes" : "float32",
                                  isBf16 ? "bfloat16" : "float32", padding)
                        << isBytes << isBf16 << padding;
            }
        }
    }

    void firstLayerIsNormalisingAndConvolving()
    {
        QFETCH(bool, isBytes);
        QFETCH(bool, isBf16);
        QFETCH(int, padding);
        const at::Tensor bytes = at::randint(0, 256, {2, 1, 9, 14}, at::kByte);
        const at::Tensor grey = isBytes ? bytes : bytes.to(at::kFloat);
        const at::Tensor scale = at::tensor({120.0F, -20.0F}); // some lie beyond the limit
        const at::Tensor weight = at::randn({16, 1, 3, 3}).div(3);
        const at::Tensor bias = at::randn({16});
        const at::Tensor answer =
            map({2, 16, 7 + 2 * padding, 12 + 2 * padding}, isBf16 ? at::kBFloat16 : at::kFloat);
        const at::Tensor taps = weight.view({16, 9}).t().contiguous();
        m_kernels.firstLayer(grey, scale, 5, taps, bias, padding, answer);

        const at::Tensor normed = bytes.to(at::kFloat).sub(scale[0]).div(scale[1]).clamp(-5, 5);
        const at::Tensor expected = at::conv2d(normed, weight, bias, 1, padding).relu();
        const float tolerance = isBf16 ? expected.max().item<float>() / 256 : 1e-4F;
        QVERIFY(largestDifference(answer, expected) <= tolerance);
        QVERIFY(expected.max().item<float>() > 1);
    }

    void normReluIsBatchNormAndReluForwardAndBackward_data() { addTypes(); }

    void normReluIsBatchNormAndReluForwardAndBackward()
    {
        QFETCH(bool, isBf16);
        const at::ScalarType type = isBf16 ? at::kBFloat16 : at::kFloat;
        // A mean far from 0: sums of squares would lose the variance.
        const at::Tensor x =
            at::randn({3, 16, 20, 21}).add(30).to(type).contiguous(at::MemoryFormat::ChannelsLast);
        const at::Tensor gamma = at::randn({16});
        const at::Tensor beta = at::randn({16});
        const at::Tensor dy = map({3, 16, 20, 21}, type);
        const auto answer = m_kernels.normRelu(x, gamma, beta, 1e-5);
        const auto gradients = m_kernels.normReluBackward(x, answer, gamma, dy);

        at::Tensor exactX = x.to(at::kDouble).detach().requires_grad_();
        at::Tensor exactGamma = gamma.to(at::kDouble).requires_grad_();
        at::Tensor exactBeta = beta.to(at::kDouble).requires_grad_();
        const at::Tensor expected =
            at::batch_norm(exactX, exactGamma, exactBeta, {}, {}, true, 0, 1e-5, false).relu();
        // Which pixels ReLU lets through is up to the answer, rounded as it is.
        const at::Tensor passes = answer.y.gt(0).to(at::kDouble);
        expected.backward(dy.to(at::kDouble) * passes);

        const float rounding = isBf16 ? 1.0F / 128 : 1e-4F;
        const float largest = expected.max().item<float>();
        QVERIFY(largestDifference(answer.y, expected.detach()) <= rounding * largest);
        QVERIFY(largestDifference(answer.mean, x.to(at::kDouble).mean({0, 2, 3})) < 1e-3F);
        QVERIFY(largestDifference(answer.variance, x.to(at::kDouble).var({0, 2, 3})) < 1e-3F);
        QVERIFY(largestDifference(gradients.beta, exactBeta.grad()) < 1e-2F);
        QVERIFY(largestDifference(gradients.gamma, exactGamma.grad()) < 1e-2F);
        const float largestGradient = exactX.grad().abs().max().item<float>();
        QVERIFY(largestDifference(gradients.x, exactX.grad()) <= rounding * largestGradient);
    }

    void aMapOfOneRowHasStatistics()
    {
        const at::Tensor x = at::full({1, 8, 1, 1}, 3.0F);
        const auto answer = m_kernels.normRelu(x, at::ones({8}), at::full({8}, 2.0F), 1e-5);
        QCOMPARE(answer.mean[0].item<float>(), 3.0F);
        QCOMPARE(answer.variance[0].item<float>(), 0.0F);
        QCOMPARE(answer.y[0][0][0][0].item<float>(), 2.0F);
    }

    void whatTheKernelsDoNotKnowIsRefused()
    {
        const at::Tensor features = map({1, 12, 4, 4}, at::kFloat); // not in eights
        const at::Tensor bytes = at::zeros({1, 2, 4, 4}, at::kByte);
        const at::Tensor labels = at::zeros({1, 4, 4}, at::kByte);
        QVERIFY_EXCEPTION_THROWN(
            m_kernels.head(features, at::randn({2, 12, 1, 1}), at::randn({2}), 0, bytes, labels),
            c10::Error);
        const at::Tensor plain = at::randn({1, 16, 4, 4}); // not channels last
        QVERIFY_EXCEPTION_THROWN(
            m_kernels.head(plain, at::randn({2, 16, 1, 1}), at::randn({2}), 0, bytes, labels),
            c10::Error);
        QVERIFY_EXCEPTION_THROWN(m_kernels.head(map({1, 16, 4, 4}, at::kHalf),
                                                at::randn({2, 16, 1, 1}), at::randn({2}), 0, bytes,
                                                labels),
                                 c10::Error);
    }
};

QTEST_GUILESS_MAIN(CardKernelsTest)
#include "CardKernelsTest.moc"
