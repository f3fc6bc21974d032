// SPDX-License-Identifier: Apache-2.0
#include "models/torch/Reproducible.h"
#include "models/torch/learning/FusedAdamW.h"
#include "models/torch/learning/LossScaler.h"
#include "models/torch/learning/Losses.h"
#include "models/torch/learning/MomentumDescent.h"
#include "models/torch/learning/WeightAverage.h"

#include <QTest>

#include <ATen/Context.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

using namespace emend;

/// The parts of a training step, each against numbers worked out by hand.
class TrainingLoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void lossIsCrossEntropyPlusDice()
    {
        // Two pixels, even odds: CE = ln 2, Dice of each class = 2 * 0.5 / (2 * 0.25 + 1).
        const at::Tensor logits = at::zeros({1, 2, 1, 2});
        const at::Tensor targets = at::tensor({1, 2}, at::kLong).view({1, 1, 2});
        const double loss = correctionLoss(logits, targets).item<double>();
        QVERIFY(std::abs(loss - (std::log(2.0) + 1 - 2.0 / 3)) < 1e-5);
    }

    void pixelsWithoutTargetDoNotCount()
    {
        at::manual_seed(1);
        const at::Tensor logits = at::randn({2, 3, 8, 8}).requires_grad_();
        at::Tensor targets = at::randint(1, 4, {2, 8, 8}, at::kLong);
        targets.narrow(2, 4, 4).zero_();
        const at::Tensor loss = correctionLoss(logits, targets);
        const at::Tensor cropped = correctionLoss(logits.narrow(3, 0, 4), targets.narrow(2, 0, 4));
        QVERIFY(std::abs(loss.item<double>() - cropped.item<double>()) < 1e-6);
        loss.backward();
        QCOMPARE(logits.grad().narrow(3, 4, 4).abs().max().item<float>(), 0.0F);
        QVERIFY(logits.grad().narrow(3, 0, 4).abs().min().item<float>() > 0);
    }

    void nothingCountedIsNoLoss()
    {
        const at::Tensor logits = at::randn({1, 2, 4, 4});
        QCOMPARE(correctionLoss(logits, at::zeros({1, 4, 4}, at::kLong)).item<double>(), 0.0);
    }

    void weightsSayHowMuchAPixelCounts()
    {
        // Three pixels: even odds, 3 to 1 for the right class, and one without a target.
        const at::Tensor logits = at::zeros({1, 2, 1, 3});
        logits[0][1][0][1] = std::log(3.0);
        const at::Tensor targets = at::tensor({1, 2, 0}, at::kLong).view({1, 1, 3});
        const at::Tensor weights = at::tensor({2.0F, 5.0F, 100.0F}).view({1, 1, 3});
        const double loss = weightedCrossEntropy(logits, targets, weights).item<double>();
        QVERIFY(std::abs(loss - (2 * std::log(2.0) + 5 * std::log(4.0 / 3)) / 2) < 1e-6);
    }

    void momentumKeepsWhatWasLearnedBefore()
    {
        at::Tensor weight = at::full({2}, 1.0).requires_grad_();
        MomentumDescent descent({weight}, 0.9);
        // v: 3, then 0.9 * 3 - 1 = 1.7.
        for (const auto& [gradient, expected] : {std::pair(3.0, 0.7), std::pair(-1.0, 0.53)}) {
            descent.clearGradients();
            (weight.sum() * gradient).backward();
            descent.step(0.1);
            QVERIFY(std::abs(weight[1].item<double>() - expected) < 1e-6);
        }
    }

    void reproducibleFlagsGoBackToWhatTheyWere()
    {
        at::Context& context = at::globalContext();
        const auto flags = [&context] {
            return std::array{context.deterministicAlgorithms(),
                              context.deterministicAlgorithmsWarnOnly(),
                              context.deterministicCuDNN(), context.deterministicMkldnn(),
                              context.benchmarkCuDNN()};
        };
        context.setBenchmarkCuDNN(true);
        const auto before = flags();
        {
            const Reproducible reproducible(true);
            QVERIFY((flags() == std::array{true, false, true, true, false}));
        }
        QVERIFY(flags() == before);
        {
            const Reproducible reproducible(false);
            QVERIFY(flags() == before);
        }
        context.setBenchmarkCuDNN(false);
    }

    void theFirstStepGoesOneRateAgainstTheGradient()
    {
        at::Tensor weight = at::full({2, 2}, 1.0).requires_grad_();
        at::Tensor bias = at::full({2}, 1.0).requires_grad_();
        FusedAdamW optimiser({weight, bias}, 0.1);
        (weight.sum() * 3 - bias.sum()).backward();
        optimiser.step(0.01);
        // Adam's first step is the sign of the gradient; only weights decay.
        QVERIFY(std::abs(weight[0][0].item<double>() - (1 - 0.01 - 0.01 * 0.1)) < 1e-6);
        QVERIFY(std::abs(bias[0].item<double>() - 1.01) < 1e-6);
    }

    void clippingShrinksTheCommonNorm()
    {
        at::Tensor weight = at::zeros({2, 2}).requires_grad_();
        at::Tensor bias = at::zeros({5}).requires_grad_();
        FusedAdamW optimiser({weight, bias}, 0);
        (weight.sum() * 2 + bias.sum()).backward();
        QVERIFY(std::abs(optimiser.clipGradients(1) - std::sqrt(21.0)) < 1e-5);
        QVERIFY(std::abs(optimiser.clipGradients(1) - 1) < 1e-5);
    }

    void theAverageForgetsWhatIsLongPast()
    {
        const auto meanOfOneTwoThree = [](double horizonSteps) {
            UNet network(UNetSpec::standard(2, 4));
            WeightAverage average(network);
            for (int step = 1; step <= 3; ++step) {
                const at::NoGradGuard noGrad;
                for (at::Tensor& weight : network->parameters())
                    weight.fill_(step);
                average.add(horizonSteps);
            }
            average.putIntoNetwork();
            return network->head->weight.flatten()[0].item<double>();
        };
        QCOMPARE(meanOfOneTwoThree(1), 3.0);
        QCOMPARE(meanOfOneTwoThree(2), 2.25); // (1 + 2) / 2, then half of that and half of 3
        QCOMPARE(meanOfOneTwoThree(100), 2.0);
    }

    void anOverflowHalvesTheScale()
    {
        LossScaler scaler(at::kCPU);
        QCOMPARE(scaler.scale(), 65536.0);
        const float infinity = std::numeric_limits<float>::infinity();
        QVERIFY(!scaler.unscale({at::tensor({1.0F, infinity})}));
        QCOMPARE(scaler.scale(), 32768.0);

        const at::Tensor gradient = at::full({3}, 32768.0F);
        QVERIFY(scaler.unscale({gradient}));
        QCOMPARE(gradient[0].item<float>(), 1.0F);
    }

    void twoThousandGoodStepsDoubleTheScale()
    {
        LossScaler scaler(at::kCPU);
        for (int i = 0; i < 1999; ++i)
            scaler.unscale({at::ones({1})});
        QCOMPARE(scaler.scale(), 65536.0);
        scaler.unscale({at::ones({1})});
        QCOMPARE(scaler.scale(), 131072.0);
    }
};

QTEST_GUILESS_MAIN(TrainingLoopTest)
#include "TrainingLoopTest.moc"
