// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/ReferenceLoss.h"

#include "models/torch/learning/KerasAdam.h"
#include "models/torch/learning/LossScaler.h"

#include <QTest>

#include <ATen/ATen.h>

#include <cmath>

using namespace emend;

namespace {

double valueOf(const at::Tensor& number)
{
    return number.item<double>();
}

/// One image of one row: how much more the logits of the second class are than those of the first.
at::Tensor logitsOf(const std::vector<float>& differences)
{
    const at::Tensor second = at::tensor(differences).view({1, 1, 1, -1});
    return at::cat({at::zeros_like(second), second}, 1);
}

/// One image of one row from its classes, 0 or 1.
at::Tensor truthOf(const std::vector<float>& classes)
{
    const at::Tensor second = at::tensor(classes).view({1, 1, 1, -1});
    return at::cat({1 - second, second}, 1);
}

/// One number as Keras' Adam moves it, in double precision.
struct HandAdam
{
    double value;
    double mean = 0;
    double square = 0;
    int updates = 0;

    void step(double gradient, double rate, double penalty)
    {
        ++updates;
        const double g = gradient + penalty * value;
        mean = 0.9 * mean + 0.1 * g;
        square = 0.999 * square + 0.001 * g * g;
        const double corrected =
            rate * std::sqrt(1 - std::pow(0.999, updates)) / (1 - std::pow(0.9, updates));
        value -= corrected * mean / (std::sqrt(square) + 1e-7);
    }
};

} // namespace

/// The numbers of a step of the reference recipe, each against what a hand computes.
class ReferenceLossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void evenOddsCostWhatTheyShould()
    {
        // Four pixels, one of them of the second class, each with probabilities 1/2.
        const auto loss = ReferenceLoss::of(logitsOf({0, 0, 0, 0}), truthOf({0, 0, 0, 1}));
        QVERIFY(std::abs(valueOf(loss.crossEntropy) - std::log(2.0)) < 1e-6);
        // Dice: 2 * 1.5 / (1 + 3) and 2 * 0.5 / (1 + 1).
        QVERIFY(std::abs(valueOf(loss.dice) - (1 - (0.75 + 0.5) / 2)) < 1e-6);
        QVERIFY(std::abs(valueOf(loss.total()) - (std::log(2.0) + 0.375)) < 1e-6);
    }

    void squaresStandBelowTheOverlap()
    {
        // Probabilities of the second class 0.8 and 0.4, truth 1 and 0.
        const auto logit = [](double p) {
            return float(std::log(p / (1 - p)));
        };
        const auto loss = ReferenceLoss::of(logitsOf({logit(0.8), logit(0.4)}), truthOf({1, 0}));
        const double second = 2 * 0.8 / (0.64 + 0.16 + 1);
        const double first = 2 * 0.6 / (0.04 + 0.36 + 1);
        QVERIFY(std::abs(valueOf(loss.dice) - (1 - (first + second) / 2)) < 1e-6);
        QVERIFY(std::abs(valueOf(loss.crossEntropy) + (std::log(0.8) + std::log(0.6)) / 2) < 1e-6);
    }

    void eachImageHasADiceOfItsOwn()
    {
        const at::Tensor logits = at::cat({logitsOf({40, -40}), logitsOf({40, 40})}, 0);
        const at::Tensor truth = at::cat({truthOf({1, 0}), truthOf({0, 1})}, 0);
        // The first image is right. In the second the second class has 2 / (2 + 1), the first
        // nothing. Sums over both images would give 4 / 5 and 2 / 3.
        const double dice = ((1 + 2.0 / 3) / 2 + (1 + 0.0) / 2) / 2;
        QVERIFY(std::abs(valueOf(ReferenceLoss::of(logits, truth).dice) - (1 - dice)) < 1e-5);
    }

    void aClassThatIsNotThereIsNoError()
    {
        const auto loss = ReferenceLoss::of(logitsOf({-60, -60}), truthOf({0, 0}));
        QVERIFY(valueOf(loss.dice) < 1e-5);
        QVERIFY(valueOf(loss.crossEntropy) < 1e-5);
    }

    void adamStepsAsKerasDoes_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("gradients of everyday") << 1.0;
        // Here epsilon decides, and where it stands.
        QTest::newRow("gradients as small as epsilon") << 1e-7;
    }

    void adamStepsAsKerasDoes()
    {
        QFETCH(double, scale);
        const double rate = 1e-4;
        const double penalty = scale < 1 ? 0 : 5e-4;
        // Small numbers, of which a float holds more digits than a step changes.
        at::Tensor parameter = at::tensor({0.005, -0.0125}, at::kFloat).requires_grad_();
        KerasAdam adam({{"w", parameter}}, {rate, penalty});
        HandAdam first{0.005};
        HandAdam second{-0.0125};
        for (const double g : {0.7, -0.2, 0.31, 0.0, 5.0}) {
            parameter.mutable_grad() = at::tensor({g * scale, -3 * g * scale}, at::kFloat);
            adam.step();
            first.step(g * scale, rate, penalty);
            second.step(-3 * g * scale, rate, penalty);
            QVERIFY(std::abs(valueOf(parameter[0]) - first.value) < 5e-9);
            QVERIFY(std::abs(valueOf(parameter[1]) - second.value) < 5e-9);
        }
        // What it moved is far above the tolerance.
        QVERIFY(std::abs(first.value - 0.005) > 1e-6);
    }

    void thePenaltyGoesThroughTheMoments()
    {
        // Without any other gradient Adam's first step is most of a rate, however small the
        // penalty is; decay beside the moments, as AdamW has it, would be 1e-4 * 5e-4 of it.
        at::Tensor bias = at::tensor({0.02}, at::kFloat).requires_grad_();
        KerasAdam adam({{"bias", bias}}, {1e-4, 5e-4});
        bias.mutable_grad() = at::zeros({1});
        adam.step();
        HandAdam hand{0.02};
        hand.step(0, 1e-4, 5e-4);
        QVERIFY(hand.value < 0.02 - 5e-5);
        QVERIFY(std::abs(valueOf(bias[0]) - hand.value) < 5e-9);
    }

    void adamGoesOnFromItsState()
    {
        at::Tensor one = at::tensor({1.0, 2.0}, at::kFloat).requires_grad_();
        KerasAdam adam({{"w", one}}, {1e-2, 5e-4});
        const auto move = [](KerasAdam& optimiser, at::Tensor& parameter, float g) {
            parameter.mutable_grad() = at::full({2}, g);
            optimiser.step();
        };
        move(adam, one, 3);
        move(adam, one, -1);
        at::Tensor other = one.detach().clone().requires_grad_();
        KerasAdam resumed({{"w", other}}, {1e-2, 5e-4});
        resumed.restore(adam.state());
        move(adam, one, 0.5);
        move(resumed, other, 0.5);
        QVERIFY(at::equal(one.detach(), other.detach()));
        QCOMPARE(resumed.state().updates, 3);
    }

    void theLossScaleGoesOnFromItsState()
    {
        LossScaler scaler(at::kCPU, {32768, 1999});
        QVERIFY(scaler.unscale({at::ones({1})}));
        QCOMPARE(scaler.state().scale, 65536.0);
        QCOMPARE(scaler.state().goodSteps, 0);
        scaler.unscale({at::ones({1})});
        QCOMPARE(scaler.state().goodSteps, 1);
    }
};

QTEST_GUILESS_MAIN(ReferenceLossTest)
#include "ReferenceLossTest.moc"
