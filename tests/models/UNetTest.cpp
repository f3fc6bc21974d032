// SPDX-License-Identifier: Apache-2.0
#include "models/torch/UNet.h"

#include "tests/support/RandomModel.h"

#include <QTest>

#include <torch/utils.h>

using namespace emend;

namespace {

/// Sizes of the layers' answers, gathered while a network runs without computing anything.
std::vector<int64_t> sizesOf(const torch::Tensor& x)
{
    return x.sizes().vec();
}

} // namespace

class UNetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void referenceHasTheLayersOfThePaperTable()
    {
        const torch::NoGradGuard noGrad;
        UNet network(UNetSpec::reference(16));
        network->eval();
        // Level 0 to 4 of the way down: the answers of both convolutions.
        const int down[5][2] = {{570, 568}, {282, 280}, {138, 136}, {66, 64}, {30, 28}};
        const int up[4][3] = {{392, 390, 388}, {200, 198, 196}, {104, 102, 100}, {56, 54, 52}};

        torch::Tensor x = torch::zeros({1, 1, 572, 572});
        for (int level = 0; level <= 4; ++level) {
            const int64_t channels = 16 << level;
            auto& block = network->encoders[size_t(level)];
            const torch::Tensor first = block->first(x);
            QCOMPARE(sizesOf(first),
                     (std::vector<int64_t>{1, channels, down[level][0], down[level][0]}));
            x = block(x);
            QCOMPARE(sizesOf(x),
                     (std::vector<int64_t>{1, channels, down[level][1], down[level][1]}));
            if (level < 4)
                x = torch::max_pool2d(x, 2);
        }
        for (int level = 3; level >= 0; --level) {
            const int64_t channels = 16 << level;
            // One more row and column than the table, which the network leaves out.
            x = network->ups[size_t(level)](x);
            QCOMPARE(sizesOf(x),
                     (std::vector<int64_t>{1, channels, up[level][0] + 1, up[level][0] + 1}));
            x = torch::zeros({1, 2 * channels, up[level][0], up[level][0]});
            auto& block = network->decoders[size_t(level)];
            QCOMPARE(block->first(x).size(2), up[level][1]);
            x = block(x);
            QCOMPARE(sizesOf(x), (std::vector<int64_t>{1, channels, up[level][2], up[level][2]}));
        }
        QCOMPARE(sizesOf(network->head(x)), (std::vector<int64_t>{1, 2, 388, 388}));
        QCOMPARE(sizesOf(network(torch::zeros({1, 1, 572, 572}))),
                 (std::vector<int64_t>{1, 2, 388, 388}));
    }

    void parameterCountIsThatOfTheSpec()
    {
        for (const UNetSpec& spec :
             {UNetSpec::reference(16), UNetSpec::reference(64), UNetSpec::standard(3)}) {
            qint64 count = 0;
            for (const torch::Tensor& parameter : UNet(spec)->parameters())
                count += parameter.numel();
            QCOMPARE(count, spec.parameterCount());
        }
    }

    void weightsAreThoseOfTheSpec()
    {
        for (const UNetSpec& spec : {UNetSpec::reference(4), UNetSpec::standard(3, 4)}) {
            const auto expected = spec.weightShapes();
            const auto weights = UNet(spec)->weights();
            QCOMPARE(weights.size(), expected.size());
            for (const auto& [name, tensor] : weights)
                QCOMPARE(tensor.shape, expected.at(name));
        }
    }

    void weightsComeBackAsTheyWereSet()
    {
        const auto model = randomModel(UNetSpec::standard(2, 4));
        UNet network(model->spec);
        network->setWeights(model->weights);
        for (const auto& [name, tensor] : network->weights())
            QCOMPARE(tensor.values, model->weights.at(name).values);
    }

    void sameSeedDrawsTheSameWeights()
    {
        UNet one(UNetSpec::standard(2, 4));
        UNet other(UNetSpec::standard(2, 4));
        one->initialise(11);
        other->initialise(11);
        QCOMPARE(one->weights().at("encoder2.first.weight").values,
                 other->weights().at("encoder2.first.weight").values);
        other->initialise(12);
        QVERIFY(one->weights().at("encoder2.first.weight").values !=
                other->weights().at("encoder2.first.weight").values);
    }

    void initialWeightsHaveTheSpreadOfTheSpec()
    {
        UNet he(UNetSpec::standard(2));
        he->initialise(1);
        const torch::Tensor weight = he->encoders[4]->second->weight;
        QVERIFY(std::abs(weight.std().item<double>() - std::sqrt(2.0 / (9 * 256))) < 2e-4);

        UNet glorot(UNetSpec::reference(16));
        glorot->initialise(1);
        const torch::Tensor uniform = glorot->encoders[4]->second->weight;
        const double limit = std::sqrt(6.0 / (9 * 256 + 9 * 256));
        QVERIFY(uniform.abs().max().item<double>() <= limit);
        QVERIFY(uniform.abs().max().item<double>() > 0.99 * limit);
        QCOMPARE(glorot->encoders[0]->first->bias.abs().max().item<double>(), 0.0);
    }

    void newHeadLeavesTheRestAlone()
    {
        UNet network(UNetSpec::standard(2, 4));
        network->initialise(1);
        const auto before = network->weights();
        network->initialiseHead(2);
        for (const auto& [name, tensor] : network->weights())
            QCOMPARE(tensor.values == before.at(name).values, name != "head.weight");
    }

    void dropoutActsOnlyWhileTraining()
    {
        const torch::NoGradGuard noGrad;
        UNet network(UNetSpec::reference(2));
        network->initialise(5);
        const torch::Tensor x = torch::randn({1, 1, 188, 188});
        network->eval();
        QVERIFY(torch::equal(network(x), network(x)));
        network->train();
        QVERIFY(!torch::equal(network(x), network(x)));
    }

    void aChannelsLastNetworkGivesTheSameAnswer()
    {
        const torch::NoGradGuard noGrad;
        const auto model = randomModel(UNetSpec::standard(2, 4));
        UNet network(model->spec);
        network->setWeights(model->weights);
        network->eval();
        const torch::Tensor x = torch::randn({2, 1, 64, 48});
        const torch::Tensor before = network(x);
        for (torch::Tensor& parameter : network->parameters()) {
            if (parameter.dim() == 4)
                parameter.set_data(parameter.contiguous(torch::MemoryFormat::ChannelsLast));
        }
        const torch::Tensor after = network(x.contiguous(torch::MemoryFormat::ChannelsLast));
        QVERIFY(torch::allclose(before, after, 1e-4, 1e-5));
        for (const auto& [name, tensor] : network->weights())
            QCOMPARE(tensor.values, model->weights.at(name).values);
    }
};

QTEST_GUILESS_MAIN(UNetTest)
#include "UNetTest.moc"
