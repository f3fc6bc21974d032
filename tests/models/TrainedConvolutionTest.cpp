// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/TrainedConvolution.h"

#include "models/torch/Processor.h"
#include "models/torch/layers/Bf16Products.h"
#include "models/torch/layers/UpConvolution.h"
#include "tests/support/DrawnTensors.h"

#include <QTest>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <vector>

using namespace emend;

namespace {

struct Layer
{
    at::Tensor x;
    at::Tensor weight;
    at::Tensor bias; ///< undefined: none
    int padding = 1;

    std::vector<at::Tensor> leaves() const
    {
        return bias.defined() ? std::vector{x, weight, bias} : std::vector{x, weight};
    }
};

Layer layerOf(const std::vector<int64_t>& sizes, int64_t outputs, int padding, bool hasBias)
{
    const int64_t inputs = sizes[1];
    Layer layer;
    layer.x = drawn(sizes, 1).requires_grad_();
    layer.weight = drawn({outputs, inputs, 3, 3}, 2)
                       .mul(std::sqrt(2.0 / double(9 * inputs)))
                       .contiguous(at::MemoryFormat::ChannelsLast)
                       .requires_grad_();
    if (hasBias)
        layer.bias = drawn({outputs}, 3).requires_grad_();
    layer.padding = padding;
    return layer;
}

/// The answer, and the gradients of all leaves when that of the answer is given.
std::vector<at::Tensor> answerAndGradients(const Layer& layer, const at::Tensor& answer,
                                           const at::Tensor& gradient)
{
    std::vector<at::Tensor> all = torch::autograd::grad({answer}, layer.leaves(), {gradient});
    all.insert(all.begin(), answer.detach());
    return all;
}

std::vector<at::Tensor> trained(const Layer& layer, const at::Tensor& gradient)
{
    return answerAndGradients(
        layer, trainedConvolution(layer.x, {}, layer.weight, layer.bias, layer.padding), gradient);
}

/// By the plain operator in twice as many digits.
std::vector<at::Tensor> exact(const Layer& layer, const at::Tensor& gradient)
{
    Layer precise = layer;
    for (at::Tensor* leaf : {&precise.x, &precise.weight, &precise.bias}) {
        if (leaf->defined())
            *leaf = leaf->detach().to(at::kDouble).requires_grad_();
    }
    return answerAndGradients(
        precise, at::conv2d(precise.x, precise.weight, precise.bias, 1, precise.padding),
        gradient.to(at::kDouble));
}

at::Tensor gradientFor(const Layer& layer)
{
    const int64_t shrinkage = 2 - 2 * layer.padding;
    return drawn({layer.x.size(0), layer.weight.size(0), layer.x.size(2) - shrinkage,
                  layer.x.size(3) - shrinkage},
                 4);
}

} // namespace

/// Learning's convolution against the plain operator and its gradients.
class TrainedConvolutionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cleanup() { at::set_num_threads(2); }

    void answersAndGradientsAreThoseOfThePlainOperator_data()
    {
        QTest::addColumn<QList<int>>("sizes");
        QTest::addColumn<int>("outputs");
        QTest::newRow("whole tiles") << QList<int>{6, 16, 12, 16} << 32;
        QTest::newRow("few tiles") << QList<int>{1, 16, 12, 16} << 32;
        QTest::newRow("odd sides") << QList<int>{7, 48, 17, 9} << 16;
        QTest::newRow("smaller than a tile") << QList<int>{48, 32, 3, 3} << 16;
        QTest::newRow("more tiles than are kept at a time") << QList<int>{3, 16, 31, 33} << 48;
        QTest::newRow("many channels") << QList<int>{6, 272, 14, 13} << 256;
        QTest::newRow("the first layer") << QList<int>{2, 1, 20, 13} << 16;
        QTest::newRow("few channels") << QList<int>{1, 4, 15, 10} << 12;
    }

    void answersAndGradientsAreThoseOfThePlainOperator()
    {
        QFETCH(QList<int>, sizes);
        QFETCH(int, outputs);
        const std::vector<int64_t> shape(sizes.begin(), sizes.end());
        for (const int padding : {0, 1}) {
            for (const bool hasBias : {false, true}) {
                const Layer layer = layerOf(shape, outputs, padding, hasBias);
                const at::Tensor gradient = gradientFor(layer);
                const std::vector<at::Tensor> mine = trained(layer, gradient);
                const std::vector<at::Tensor> theirs = exact(layer, gradient);
                QCOMPARE(mine.size(), theirs.size());
                for (size_t i = 0; i < mine.size(); ++i)
                    QVERIFY(relativeDifference(mine[i], theirs[i]) < 5e-6);
            }
        }
    }

    void inBf16TheyAreNearlyThoseOfThePlainOperator()
    {
        if (!hasAvx512Bf16())
            QSKIP("this processor does not multiply in bf16");
        // An odd number of tiles: the last has no other to be paired with.
        const Layer layer = layerOf({3, 48, 29, 18}, 32, 1, true);
        const at::Tensor gradient = gradientFor(layer);
        const std::vector<at::Tensor> theirs = exact(layer, gradient);
        std::vector<at::Tensor> mine;
        {
            const Bf16Products products(true);
            mine = trained(layer, gradient);
        }
        for (size_t i = 0; i < 3; ++i) {
            QVERIFY(relativeDifference(mine[i], theirs[i]) < 0.02);
            QVERIFY(relativeDifference(mine[i], theirs[i]) > 1e-4); // else it was not bf16
        }
        QVERIFY(relativeDifference(trained(layer, gradient)[0], theirs[0]) < 5e-6); // FP32 again
        at::set_num_threads(1);
        const Bf16Products products(true);
        const std::vector<at::Tensor> alone = trained(layer, gradient);
        for (size_t i = 0; i < alone.size(); ++i)
            QVERIFY(at::equal(alone[i], mine[i]));
    }

    void aKernelOfOnePixelIsThatOfThePlainOperator()
    {
        const at::Tensor x = drawn({2, 16, 7, 9}, 5).requires_grad_();
        const at::Tensor weight = drawn({3, 16, 1, 1}, 6).requires_grad_();
        const at::Tensor bias = drawn({3}, 7).requires_grad_();
        const at::Tensor gradient = drawn({2, 3, 7, 9}, 8);
        const std::vector<at::Tensor> leaves = {x, weight, bias};
        const at::Tensor mine = trainedConvolution(x, {}, weight, bias, 0);
        const at::Tensor theirs = at::conv2d(x, weight, bias);
        QVERIFY(relativeDifference(mine, theirs) < 1e-6);
        const auto mineBack = torch::autograd::grad({mine}, leaves, {gradient});
        const auto theirsBack = torch::autograd::grad({theirs}, leaves, {gradient});
        for (size_t i = 0; i < leaves.size(); ++i)
            QVERIFY(relativeDifference(mineBack[i], theirsBack[i]) < 1e-5);
    }

    void upConvolutionsAreThoseOfThePlainOperator_data()
    {
        QTest::addColumn<QList<int>>("sizes");
        QTest::addColumn<int>("outputs");
        QTest::addColumn<int>("side");
        QTest::newRow("2 x 2") << QList<int>{2, 32, 5, 8} << 16 << 2;
        QTest::newRow("many channels, odd sides") << QList<int>{1, 160, 7, 13} << 80 << 2;
        QTest::newRow("few channels") << QList<int>{2, 8, 5, 8} << 4 << 2;
        QTest::newRow("one pixel") << QList<int>{1, 32, 1, 1} << 16 << 2;
        QTest::newRow("3 x 3") << QList<int>{2, 32, 5, 8} << 16 << 3;
    }

    void upConvolutionsAreThoseOfThePlainOperator()
    {
        QFETCH(QList<int>, sizes);
        QFETCH(int, outputs);
        QFETCH(int, side);
        const std::vector<int64_t> shape(sizes.begin(), sizes.end());
        const at::Tensor x = drawn(shape, 5).requires_grad_();
        const at::Tensor weight = drawn({shape[1], outputs, side, side}, 6).requires_grad_();
        const at::Tensor bias = drawn({outputs}, 7).requires_grad_();
        const std::vector<at::Tensor> leaves = {x, weight, bias};
        const at::Tensor mine = trainedUpConvolution(x, weight, bias);
        const at::Tensor theirs = at::conv_transpose2d(x, weight, bias, 2);
        QVERIFY(relativeDifference(mine, theirs) < 1e-6);
        const at::Tensor gradient = drawn(theirs.sizes().vec(), 8);
        const auto mineBack = torch::autograd::grad({mine}, leaves, {gradient});
        const auto theirsBack = torch::autograd::grad({theirs}, leaves, {gradient});
        for (size_t i = 0; i < leaves.size(); ++i)
            QVERIFY(relativeDifference(mineBack[i], theirsBack[i]) < 1e-5);
    }

    void upConvolutionsAreTheSameEachTime()
    {
        const at::Tensor x = drawn({2, 64, 9, 11}, 5);
        const at::Tensor weight = drawn({64, 32, 2, 2}, 6);
        const at::Tensor gradient = drawn({2, 32, 18, 22}, 8);
        const at::Tensor answer = trainedUpConvolution(x, weight, at::zeros({32}));
        const at::Tensor ofWeight = UpConvolution::weightGradient(x, gradient);
        at::set_num_threads(5);
        QVERIFY(at::equal(trainedUpConvolution(x, weight, at::zeros({32})), answer));
        QVERIFY(at::equal(UpConvolution::weightGradient(x, gradient), ofWeight));
    }

    void upConvolutionsInBf16AreNearlyThoseOfThePlainOperator()
    {
        if (!hasAvx512Bf16())
            QSKIP("this processor does not multiply in bf16");
        const at::Tensor x = drawn({2, 48, 7, 13}, 5).requires_grad_();
        const at::Tensor weight = drawn({48, 32, 2, 2}, 6).requires_grad_();
        const at::Tensor bias = drawn({32}, 7).requires_grad_();
        const std::vector<at::Tensor> leaves = {x, weight, bias};
        at::Tensor mine;
        {
            const Bf16Products products(true);
            mine = trainedUpConvolution(x, weight, bias);
        }
        const at::Tensor theirs = at::conv_transpose2d(x, weight, bias, 2);
        QVERIFY(relativeDifference(mine, theirs) < 0.005);
        QVERIFY(relativeDifference(mine, theirs) > 1e-4); // else it was not bf16
        const at::Tensor gradient = drawn(theirs.sizes().vec(), 8);
        const auto mineBack = torch::autograd::grad({mine}, leaves, {gradient});
        const auto theirsBack = torch::autograd::grad({theirs}, leaves, {gradient});
        for (size_t i = 0; i < leaves.size(); ++i)
            QVERIFY(relativeDifference(mineBack[i], theirsBack[i]) < 0.005);
    }

    void aSkipConnectionNeedNotBeConcatenated_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("padding");
        QTest::newRow("same") << 16 << 1;
        QTest::newRow("valid") << 16 << 0;
        QTest::newRow("more of it than of the other") << 96 << 1;
        QTest::newRow("few channels") << 5 << 1;
    }

    void aSkipConnectionNeedNotBeConcatenated()
    {
        QFETCH(int, channels);
        QFETCH(int, padding);
        const Layer layer = layerOf({2, 32 + channels, 13, 10}, 32, padding, true);
        const at::Tensor gradient = gradientFor(layer);
        const auto partOf = [&](int64_t first, int64_t count) {
            return layer.x.detach().narrow(1, first, count).requires_grad_();
        };
        const at::Tensor x = partOf(0, 32);
        const at::Tensor skip = partOf(32, channels);
        const at::Tensor mine = trainedConvolution(x, skip, layer.weight, layer.bias, padding);
        const auto back =
            torch::autograd::grad({mine}, {x, skip, layer.weight, layer.bias}, {gradient});
        const std::vector<at::Tensor> theirs = trained(layer, gradient);
        QVERIFY(relativeDifference(mine, theirs[0]) < 1e-6);
        QVERIFY(relativeDifference(at::cat({back[0], back[1]}, 1), theirs[1]) < 1e-6);
        QVERIFY(relativeDifference(back[2], theirs[2]) < 1e-6);
        QVERIFY(relativeDifference(back[3], theirs[3]) < 1e-6);
    }

    void aGradientOfAnotherLayoutIsReadRight()
    {
        const Layer layer = layerOf({2, 32, 10, 12}, 16, 1, true);
        const at::Tensor gradient = gradientFor(layer);
        const std::vector<at::Tensor> one = trained(layer, gradient);
        const std::vector<at::Tensor> other = trained(layer, gradient.contiguous());
        for (size_t i = 0; i < one.size(); ++i)
            QVERIFY(relativeDifference(one[i], other[i]) < 1e-6);
        // As the sum over an answer gives it: one number for all pixels.
        const at::Tensor same = at::ones({1}).expand(gradient.sizes());
        QVERIFY(relativeDifference(trained(layer, same)[1], exact(layer, same)[1]) < 5e-6);
    }

    void gradientsAreTheSameEachTime()
    {
        const Layer layer = layerOf({2, 64, 37, 41}, 48, 1, false);
        const at::Tensor gradient = gradientFor(layer);
        const std::vector<at::Tensor> first = trained(layer, gradient);
        const std::vector<at::Tensor> second = trained(layer, gradient);
        at::set_num_threads(1);
        const std::vector<at::Tensor> alone = trained(layer, gradient);
        for (size_t i = 0; i < first.size(); ++i) {
            QVERIFY(at::equal(first[i], second[i]));
            QVERIFY(at::equal(first[i], alone[i]));
        }
    }

    void whatNeedsNoGradientGetsNone()
    {
        Layer layer = layerOf({1, 16, 9, 9}, 16, 1, false);
        layer.x = layer.x.detach();
        const at::Tensor answer =
            trainedConvolution(layer.x, {}, layer.weight, layer.bias, layer.padding);
        answer.sum().backward();
        QVERIFY(!layer.x.grad().defined());
        QVERIFY(layer.weight.grad().defined());
    }
};

QTEST_GUILESS_MAIN(TrainedConvolutionTest)
#include "TrainedConvolutionTest.moc"
