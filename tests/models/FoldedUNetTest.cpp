// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/FoldedUNet.h"

#include "models/shipped/SectionSynthesizer.h"
#include "models/torch/UNet.h"
#include "models/torch/winograd/WinogradKernels.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

using namespace emend;

namespace {

at::Tensor probabilitiesOf(const Checkpoint& model, const at::Tensor& image, Precision precision)
{
    const c10::InferenceMode inference;
    return FoldedUNet(model, at::kCPU, precision).probabilities(image, [] {});
}

/// The network as it is trained, in twice as many digits.
at::Tensor exactProbabilities(const Checkpoint& model, const at::Tensor& image)
{
    const at::NoGradGuard noGrad;
    UNet network(model.spec);
    network->setWeights(model.weights);
    network->to(at::kDouble);
    network->eval();
    return at::softmax(network(image.to(at::kDouble)), 1);
}

} // namespace

class FoldedUNetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void agreesWithTheNetworkAsItIsTrained_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<bool>("isValid");
        QTest::addColumn<bool>("isThreeByThree");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        for (const int channels : {3, 16}) {
            for (const bool isThreeByThree : {false, true}) {
                const char* up = isThreeByThree ? "3 x 3" : "2 x 2";
                QTest::addRow("same, %s up, %d channels", up, channels)
                    << channels << false << isThreeByThree << 80 << 112;
                QTest::addRow("valid, %s up, %d channels", up, channels)
                    << channels << true << isThreeByThree << 188 << 204;
            }
        }
    }

    void agreesWithTheNetworkAsItIsTrained()
    {
        QFETCH(int, channels);
        QFETCH(bool, isValid);
        QFETCH(bool, isThreeByThree);
        QFETCH(int, height);
        QFETCH(int, width);
        UNetSpec spec = UNetSpec::standard(3, channels);
        if (isValid)
            spec.padding = UNetSpec::Padding::valid;
        if (isThreeByThree)
            spec.upConvolution = UNetSpec::UpConvolution::threeByThree;
        const auto model = randomModel(spec);
        at::manual_seed(1);
        const at::Tensor image = at::randn({2, 1, height, width}, at::kFloat);

        const at::Tensor exact = exactProbabilities(*model, image);
        const at::Tensor answer = probabilitiesOf(*model, image, Precision::fp32).to(at::kDouble);
        QCOMPARE(answer.sizes().vec(), exact.sizes().vec());
        QVERIFY(((answer - exact).norm() / exact.norm()).item<double>() < 1e-5);
    }

    void sixteenBitsGiveTheSameLabels_data()
    {
        QTest::addColumn<Precision>("precision");
        QTest::newRow("bf16") << Precision::bf16;
        if (winograd::hasFastBf16())
            QTest::newRow("mixed") << Precision::mixed;
    }

    void sixteenBitsGiveTheSameLabels()
    {
        QFETCH(Precision, precision);
        const auto model = Checkpoint::find(QStringLiteral("membrane"));
        constexpr int side = 192;
        const SyntheticSection section = SectionSynthesizer(4).draw(side, side, 6, 0);
        const at::Tensor grey = at::tensor(at::ArrayRef<float>(section.grey), at::kFloat);
        const at::Tensor image = ((grey - grey.mean()) / grey.std()).view({1, 1, side, side});

        const at::Tensor answer = probabilitiesOf(*model, image, precision);
        const at::Tensor exactAnswer = probabilitiesOf(*model, image, Precision::fp32);
        QVERIFY(!at::equal(answer, exactAnswer)); // else it was not in 16 bits
        const at::Tensor exact = exactAnswer.argmax(1);
        QVERIFY(exact.eq(0).any().item<bool>() && exact.eq(1).any().item<bool>());
        const double same = answer.argmax(1).eq(exact).to(at::kDouble).mean().item<double>();
        QVERIFY2(same >= 0.999, qPrintable(QString::number(same)));
    }
};

QTEST_GUILESS_MAIN(FoldedUNetTest)
#include "FoldedUNetTest.moc"
