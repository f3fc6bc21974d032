// SPDX-License-Identifier: Apache-2.0
#include "models/UNetSpec.h"
#include "models/recipes/ReferenceSection.h"
#include "models/torch/UNet.h"

#include <QTest>

#include <torch/utils.h>

using namespace emend;

namespace {

/// A row of the published table: the layer's input and output, and its numbers.
struct Row
{
    std::string name;
    int inputPx;
    int outputPx;
    int channels;
    qint64 parameters;
};

const std::vector<Row> table = {{"encoder0.first", 572, 570, 64, 640},
                                {"encoder0.second", 570, 568, 64, 36928},
                                {"encoder1.first", 284, 282, 128, 73856},
                                {"encoder1.second", 282, 280, 128, 147584},
                                {"encoder2.first", 140, 138, 256, 295168},
                                {"encoder2.second", 138, 136, 256, 590080},
                                {"encoder3.first", 68, 66, 512, 1180160},
                                {"encoder3.second", 66, 64, 512, 2359808},
                                {"encoder4.first", 32, 30, 1024, 4719616},
                                {"encoder4.second", 30, 28, 1024, 9438208},
                                {"up3", 28, 57, 512, 4719104}, // one row more than is kept
                                {"decoder3.first", 56, 54, 512, 4719104},
                                {"decoder3.second", 54, 52, 512, 2359808},
                                {"up2", 52, 105, 256, 1179904},
                                {"decoder2.first", 104, 102, 256, 1179904},
                                {"decoder2.second", 102, 100, 256, 590080},
                                {"up1", 100, 201, 128, 295040},
                                {"decoder1.first", 200, 198, 128, 295040},
                                {"decoder1.second", 198, 196, 128, 147584},
                                {"up0", 196, 393, 64, 73792},
                                {"decoder0.first", 392, 390, 64, 73792},
                                {"decoder0.second", 390, 388, 64, 36928},
                                {"head", 388, 388, 2, 130}};

qint64 numbersIn(const std::vector<qint64>& shape)
{
    qint64 product = 1;
    for (const qint64 length : shape)
        product *= length;
    return product;
}

} // namespace

class ReferenceNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachLayerHasItsParameters()
    {
        const UNetSpec spec = UNetSpec::reference();
        const auto shapes = spec.weightShapes();
        QCOMPARE(shapes.size(), 2 * table.size());
        qint64 sum = 0;
        for (const Row& row : table) {
            const qint64 count = numbersIn(shapes.at(row.name + ".weight")) +
                                 numbersIn(shapes.at(row.name + ".bias"));
            QVERIFY2(count == row.parameters, row.name.c_str());
            sum += count;
        }
        QCOMPARE(sum, 34512258);
        QCOMPARE(spec.parameterCount(), 34512258);
        QCOMPARE(UNetSpec::reference(32).parameterCount(), 8629954);
        QCOMPARE(UNetSpec::reference(16).parameterCount(), 2158434);
    }

    void eachLayerHasItsSize()
    {
        const torch::NoGradGuard noGrad;
        constexpr int base = 2;
        UNet network(UNetSpec::reference(base));
        const auto modules = network->named_modules();
        for (const Row& row : table) {
            const auto weight = network->named_parameters()[row.name + ".weight"];
            const bool isUp = row.name.starts_with("up");
            const torch::Tensor x =
                torch::zeros({1, weight.size(isUp ? 0 : 1), row.inputPx, row.inputPx});
            const torch::Tensor y =
                isUp ? modules[row.name]->as<torch::nn::ConvTranspose2d>()->forward(x)
                     : modules[row.name]->as<torch::nn::Conv2d>()->forward(x);
            QVERIFY2(y.size(2) == row.outputPx && y.size(3) == row.outputPx, row.name.c_str());
            QCOMPARE(y.size(1), row.name == "head" ? 2 : row.channels * base / 64);
        }
    }

    void theRecipesSectionsFitTheNetwork()
    {
        QCOMPARE(UNetSpec::reference().outputSize(ReferenceSection::inputPx),
                 ReferenceSection::outputPx);
    }
};

QTEST_GUILESS_MAIN(ReferenceNetworkTest)
#include "ReferenceNetworkTest.moc"
