// SPDX-License-Identifier: Apache-2.0
#include "models/torch/UNet.h"
#include "models/torch/learning/Losses.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <ATen/ATen.h>

#include <cmath>

using namespace emend;

namespace {

constexpr int slicePx = 160;

UNetSpec smallSpec()
{
    UNetSpec spec = UNetSpec::standard(2, 4);
    spec.depth = 2; // sees 20 pixels far, so that a crop with its surroundings is still small
    return spec;
}

UNet evaluatingNetwork()
{
    const auto model = randomModel(smallSpec());
    UNet network(model->spec);
    network->setWeights(model->weights);
    network->eval(); // BatchNorm by its running statistics, not by those of what it is shown
    return network;
}

/// A few corrected pixels (class 1 or 2) around the middle of a slice; all others are 0: ignored.
at::Tensor sparseTargets()
{
    at::Tensor targets = at::zeros({1, slicePx, slicePx}, at::kLong);
    for (int i = 0; i < 40; ++i)
        targets[0][68 + (i * 7) % 24][68 + (i * 11) % 24] = 1 + i % 2;
    return targets;
}

at::Tensor cropped(const at::Tensor& pixels, int first, int side)
{
    return pixels.narrow(-1, first, side).narrow(-2, first, side);
}

/// The loss of what the network says to the grey values, and its gradient for each weight.
struct Learned
{
    double loss = 0;
    std::vector<at::Tensor> gradients;

    Learned(UNet& network, const at::Tensor& grey, const at::Tensor& targets)
    {
        network->zero_grad();
        const at::Tensor value = correctionLoss(network->forward(grey), targets);
        value.backward();
        loss = value.item<double>();
        for (const at::Tensor& parameter : network->parameters())
            gradients.push_back(parameter.grad().clone());
    }
};

} // namespace

/// Corrections teach the same whether the network is shown the whole slice or a crop around them.
class CropTrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void wholeSliceAndCropGiveTheSameLossOnTheSamePixels()
    {
        at::manual_seed(5);
        const at::Tensor grey = at::randn({1, 1, slicePx, slicePx});
        const at::Tensor targets = sparseTargets();
        UNet network = evaluatingNetwork();
        // Corrections lie in 68 .. 91: their block, from a multiple of the stride on, and the halo.
        const int halo = smallSpec().haloPx();
        const int first = 68 - halo;
        const int side = 24 + 2 * halo;
        QVERIFY(first % smallSpec().stride() == 0 && side % smallSpec().stride() == 0);
        QVERIFY(first > 0 && first + side < slicePx);

        const Learned whole(network, grey, targets);
        const Learned crop(network, cropped(grey, first, side), cropped(targets, first, side));
        QVERIFY(whole.loss > 0.1);
        // The same float32 numbers go into both: convolutions may add theirs in another order for
        // another size of picture, which is a few units in the last place, 6e-8 of each number.
        QVERIFY2(std::abs(whole.loss - crop.loss) < 1e-6 * whole.loss,
                 qPrintable(QStringLiteral("%1").arg(whole.loss - crop.loss)));
        // A gradient is a sum over pixels, so roundings add up: to 1e-4 of the largest number.
        for (size_t i = 0; i < whole.gradients.size(); ++i) {
            const double largest = whole.gradients[i].abs().max().item<double>();
            const double apart =
                (whole.gradients[i] - crop.gradients[i]).abs().max().item<double>();
            QVERIFY2(apart <= 1e-4 * largest + 1e-9,
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(i).arg(apart).arg(largest)));
        }
    }

    void aCropThatSeesLessGivesAnotherLoss()
    {
        // So the comparison above can fail.
        at::manual_seed(5);
        const at::Tensor grey = at::randn({1, 1, slicePx, slicePx});
        const at::Tensor targets = sparseTargets();
        UNet network = evaluatingNetwork();
        const Learned whole(network, grey, targets);
        const Learned crop(network, cropped(grey, 68, 24), cropped(targets, 68, 24));
        QVERIFY(std::abs(whole.loss - crop.loss) > 1e-4 * whole.loss);
    }

    void ignoredPixelsHaveExactlyNoGradient()
    {
        at::manual_seed(6);
        const at::Tensor grey = at::randn({1, 1, slicePx, slicePx}).requires_grad_();
        const at::Tensor targets = sparseTargets();
        UNet network = evaluatingNetwork();
        at::Tensor logits = network->forward(grey);
        logits.retain_grad();
        correctionLoss(logits, targets).backward();

        const at::Tensor isIgnored = targets.eq(0).unsqueeze(1);
        QCOMPARE(logits.grad().masked_select(isIgnored).abs().max().item<float>(), 0.0F);
        QVERIFY(logits.grad().masked_select(isIgnored.logical_not()).abs().min().item<float>() > 0);
        // Nor do grey values that no corrected pixel sees have one.
        const int halo = smallSpec().haloPx();
        const at::Tensor unseen = grey.grad().clone();
        const double seen = cropped(unseen, 68 - halo, 24 + 2 * halo).abs().sum().item<double>();
        cropped(unseen, 68 - halo, 24 + 2 * halo).zero_();
        QVERIFY(seen > 0);
        QCOMPARE(unseen.abs().max().item<float>(), 0.0F);
    }
};

QTEST_GUILESS_MAIN(CropTrainingTest)
#include "CropTrainingTest.moc"
