// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/TrainedNorm.h"

#include "tests/support/DrawnTensors.h"

#include <QTest>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <vector>

using namespace emend;
using torch::nn::BatchNorm2d;

namespace {

BatchNorm2d drawnNorm(int64_t channels, std::optional<double> momentum = 0.1)
{
    BatchNorm2d norm(torch::nn::BatchNorm2dOptions(channels).momentum(momentum));
    const at::NoGradGuard noGrad;
    norm->weight.copy_(drawn({channels}, 1).abs() + 0.5);
    norm->bias.copy_(drawn({channels}, 2));
    return norm;
}

/// Another that is in the same state, in float64: for it nothing is fused.
BatchNorm2d precise(const BatchNorm2d& norm)
{
    BatchNorm2d other(norm->options);
    other->to(at::kDouble);
    const at::NoGradGuard noGrad;
    other->weight.copy_(norm->weight);
    other->bias.copy_(norm->bias);
    return other;
}

/// The answer, then the gradients of images, weight and bias.
std::vector<at::Tensor> answerAndGradients(BatchNorm2d norm, const at::Tensor& images,
                                           const at::Tensor& gradient)
{
    const at::Tensor x = images.detach().requires_grad_();
    const at::Tensor y = normAndRelu(norm, x);
    std::vector<at::Tensor> all =
        torch::autograd::grad({y}, {x, norm->weight, norm->bias}, {gradient});
    all.insert(all.begin(), y.detach());
    return all;
}

void compare(const std::vector<at::Tensor>& mine, const std::vector<at::Tensor>& theirs)
{
    QCOMPARE(mine.size(), theirs.size());
    for (size_t i = 0; i < mine.size(); ++i)
        QVERIFY(relativeDifference(mine[i], theirs[i]) < 5e-6);
}

} // namespace

/// BatchNorm and ReLU in one go against the plain operators in twice as many digits.
class TrainedNormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cleanup() { at::set_num_threads(2); }

    void answersAndGradientsAreThoseOfThePlainOperators_data()
    {
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("a few pixels") << 1 << 16 << 3 << 2;
        QTest::newRow("more than one sum holds") << 3 << 8 << 41 << 37;
        QTest::newRow("many channels") << 2 << 256 << 6 << 6;
        QTest::newRow("channels that do not suit") << 2 << 6 << 9 << 7;
    }

    void answersAndGradientsAreThoseOfThePlainOperators()
    {
        QFETCH(int, images);
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        const at::Tensor x = drawn({images, channels, height, width}, 3) * 2 + 1;
        const at::Tensor gradient = drawn(x.sizes().vec(), 4);
        BatchNorm2d norm = drawnNorm(channels);
        BatchNorm2d other = precise(norm);
        compare(answerAndGradients(norm, x, gradient),
                answerAndGradients(other, x.to(at::kDouble), gradient.to(at::kDouble)));
        QVERIFY(relativeDifference(norm->running_mean, other->running_mean) < 1e-6);
        QVERIFY(relativeDifference(norm->running_var, other->running_var) < 1e-6);
        QCOMPARE(norm->num_batches_tracked.item<int64_t>(), 1);
    }

    void farFromZeroNothingIsLost()
    {
        const at::Tensor x = drawn({2, 16, 20, 20}, 3) + 1000;
        const at::Tensor gradient = drawn(x.sizes().vec(), 4);
        BatchNorm2d norm = drawnNorm(16);
        BatchNorm2d other = precise(norm);
        const auto mine = answerAndGradients(norm, x, gradient);
        const auto theirs = answerAndGradients(other, x.to(at::kDouble), gradient.to(at::kDouble));
        for (size_t i = 0; i < mine.size(); ++i)
            QVERIFY(relativeDifference(mine[i], theirs[i]) < 1e-3); // float32 itself has 6e-5
        QVERIFY(relativeDifference(norm->running_var, other->running_var) < 1e-4);
    }

    void withoutMomentumStatisticsAreThePlainMean()
    {
        BatchNorm2d norm = drawnNorm(16, std::nullopt);
        BatchNorm2d other = precise(norm);
        for (uint64_t seed = 1; seed <= 3; ++seed) {
            const at::Tensor x = drawn({1, 16, 12, 10}, seed);
            normAndRelu(norm, x);
            normAndRelu(other, x.to(at::kDouble));
        }
        QVERIFY(relativeDifference(norm->running_mean, other->running_mean) < 1e-5);
        QVERIFY(relativeDifference(norm->running_var, other->running_var) < 1e-5);
    }

    void aNetworkThatOnlyPredictsUsesItsStatistics()
    {
        BatchNorm2d norm = drawnNorm(16);
        norm->eval();
        const at::Tensor x = drawn({1, 16, 5, 5}, 3);
        QVERIFY(at::equal(normAndRelu(norm, x), norm(x).relu()));
        QCOMPARE(norm->num_batches_tracked.item<int64_t>(), 0);
    }

    void otherLayoutsAndThreadsGiveTheSame()
    {
        const at::Tensor x = drawn({2, 32, 33, 35}, 3);
        const at::Tensor gradient = drawn(x.sizes().vec(), 4);
        const auto expected = answerAndGradients(drawnNorm(32), x, gradient);
        at::set_num_threads(1);
        const auto alone = answerAndGradients(drawnNorm(32), x, gradient);
        const auto planes =
            answerAndGradients(drawnNorm(32), x.contiguous(), gradient.contiguous());
        for (size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(at::equal(alone[i], expected[i]));
            QVERIFY(at::equal(planes[i], expected[i]));
        }
    }
};

QTEST_GUILESS_MAIN(TrainedNormTest)
#include "TrainedNormTest.moc"
