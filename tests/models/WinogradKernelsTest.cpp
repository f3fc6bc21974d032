// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradKernels.h"

#include "models/torch/Processor.h"
#include "models/torch/WinogradProcessors.h"
#include "tests/support/DrawnTensors.h"

#include <QTest>

using namespace emend;
using namespace emend::winograd;

namespace {

/// A matrix of the paper, float64.
at::Tensor matrix(std::vector<double> numbers, int64_t columns)
{
    return at::tensor(numbers, at::kDouble).view({-1, columns});
}

const at::Tensor& forWeights()
{
    static const at::Tensor g =
        matrix({1.0 / 4, 0, 0, -1.0 / 6, -1.0 / 6, -1.0 / 6, -1.0 / 6, 1.0 / 6, -1.0 / 6, 1.0 / 24,
                1.0 / 12, 1.0 / 6, 1.0 / 24, -1.0 / 12, 1.0 / 6, 0, 0, 1},
               3);
    return g;
}

const at::Tensor& forPatches()
{
    static const at::Tensor b =
        matrix({4, 0,  -5, 0, 1, 0, 0, -4, -4, 1,  1, 0, 0, 4, -4, -1, 1, 0,
                0, -2, -1, 2, 1, 0, 0, 2,  -1, -2, 1, 0, 0, 4, 0,  -5, 0, 1},
               6);
    return b;
}

const at::Tensor& forAnswers()
{
    static const at::Tensor a =
        matrix({1, 1, 1, 1, 1, 0, 0, 1, -1, 2, -2, 0, 0, 1, 1, 4, 4, 0, 0, 1, -1, 8, -8, 1}, 6);
    return a;
}

/// m x m^T for the last two axes of x.
at::Tensor onBothSides(const at::Tensor& m, const at::Tensor& x)
{
    return at::matmul(at::matmul(m, x.to(at::kDouble)), m.t());
}

/// [channels, side, side] as the kernels lay it out: [side * side][channels].
at::Tensor pixelsFirst(const at::Tensor& x)
{
    return x.flatten(1).t().contiguous();
}

constexpr int channels = 32;

} // namespace

/// The loops for each kind of processor that this one can run, against the formulas.
class WinogradKernelsTest : public QObject
{
    Q_OBJECT

    static void addProcessors()
    {
        QTest::addColumn<const Loops*>("loops");
        if (hasAvx2())
            QTest::newRow("AVX2") << &avx2::loops;
        if (hasAvx512())
            QTest::newRow("AVX-512") << &avx512::loops;
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!isSupported())
            QSKIP("this processor has neither AVX2 nor AVX-512");
    }

    void patchesAreTransformed_data() { addProcessors(); }

    void patchesAreTransformed()
    {
        QFETCH(const Loops*, loops);
        const at::Tensor patch = drawn({channels, patchPx, patchPx}, 1);
        const at::Tensor from = pixelsFirst(patch);
        const at::Tensor to = at::zeros({products, channels});
        loops->transformPatch({from.data_ptr<float>(), patchPx * channels, channels}, channels,
                              to.data_ptr<float>(), channels);
        QVERIFY(relativeDifference(to, pixelsFirst(onBothSides(forPatches(), patch))) < 1e-6);
    }

    void tilesAreTransformedWithoutWhatIsMissing_data() { addProcessors(); }

    void tilesAreTransformedWithoutWhatIsMissing()
    {
        QFETCH(const Loops*, loops);
        const at::Tensor tile = drawn({channels, tilePx, tilePx}, 1);
        const at::Tensor from = pixelsFirst(tile);
        at::Tensor there = tile.clone();
        there.narrow(1, 3, 1).zero_();
        there.narrow(2, 2, 2).zero_();
        const at::Tensor to = at::zeros({products, channels});
        loops->transformTile({from.data_ptr<float>(), tilePx * channels, channels}, 3, 2, channels,
                             to.data_ptr<float>(), channels);
        QVERIFY(relativeDifference(to, pixelsFirst(onBothSides(forAnswers().t(), there))) < 1e-6);
    }

    void weightsAreTransformedAndBack_data() { addProcessors(); }

    void weightsAreTransformedAndBack()
    {
        QFETCH(const Loops*, loops);
        const at::Tensor weights = drawn({channelStep, 3, 3}, 1);
        const at::Tensor to = at::zeros({products, channelStep});
        loops->transformWeights({weights.data_ptr<float>(), 9, 0, 3, 1}, to.data_ptr<float>(),
                                channelStep);
        QVERIFY(relativeDifference(to, pixelsFirst(onBothSides(forWeights(), weights))) < 1e-6);

        const at::Tensor sums = drawn({channelStep, patchPx, patchPx}, 2);
        const at::Tensor from = pixelsFirst(sums);
        const at::Tensor gradient = at::zeros({channelStep, 3, 3});
        loops->transformWeightsBack(from.data_ptr<float>(), channelStep,
                                    {gradient.data_ptr<float>(), 9, 0, 3, 1});
        QVERIFY(relativeDifference(gradient, onBothSides(forWeights().t(), sums)) < 1e-6);
    }

    void answersAreFinishedAndPooled_data() { addProcessors(); }

    void answersAreFinishedAndPooled()
    {
        QFETCH(const Loops*, loops);
        const at::Tensor sums = drawn({channels, patchPx, patchPx}, 1);
        const at::Tensor from = pixelsFirst(sums);
        const at::Tensor bias = drawn({channels}, 2);
        const at::Tensor expected =
            (onBothSides(forAnswers(), sums) + bias.view({-1, 1, 1})).relu();
        const at::Tensor answer = at::zeros({tilePx * tilePx, channels});
        const at::Tensor pooled = at::zeros({4, channels});
        Finish finish;
        finish.bias = bias.data_ptr<float>();
        finish.isRelu = true;
        finish.answer = {answer.data_ptr<float>(), tilePx * channels, channels};
        finish.pooled = {pooled.data_ptr<float>(), 2 * channels, channels};
        loops->transformBack(from.data_ptr<float>(), channels, channels, finish);
        QVERIFY(relativeDifference(answer, pixelsFirst(expected)) < 1e-6);
        QVERIFY(relativeDifference(pooled, pixelsFirst(at::max_pool2d(expected, 2))) < 1e-6);
    }

    void productsAreThoseOfMatrices_data()
    {
        QTest::addColumn<const Loops*>("loops");
        QTest::addColumn<int>("outputs");
        QTest::addColumn<int>("count");
        for (const int outputs : {16, 32, 48}) {
            for (const int count : {1, 7, 24, 31}) {
                if (hasAvx2())
                    QTest::addRow("AVX2, %d by %d", count, outputs)
                        << &avx2::loops << outputs << count;
                if (hasAvx512())
                    QTest::addRow("AVX-512, %d by %d", count, outputs)
                        << &avx512::loops << outputs << count;
            }
        }
    }

    void productsAreThoseOfMatrices()
    {
        QFETCH(const Loops*, loops);
        QFETCH(int, outputs);
        QFETCH(int, count);
        const at::Tensor patches = drawn({count, channels}, 1);
        const at::Tensor weights = drawn({channels, outputs}, 2);
        const at::Tensor blocks = weights.view({channels, outputs / channelStep, channelStep})
                                      .transpose(0, 1)
                                      .contiguous();
        const at::Tensor to = at::full({count, outputs}, 1000.0F);
        const auto multiply = [&](const Addend& addend) {
            loops->multiply(patches.data_ptr<float>(), count, channels, blocks.data_ptr<float>(),
                            outputs, to.data_ptr<float>(), addend);
        };
        const at::Tensor product = at::matmul(patches, weights);
        multiply({});
        QVERIFY(relativeDifference(to, product) < 1e-6);
        multiply({to.data_ptr<float>(), outputs});
        QVERIFY(relativeDifference(to, 2 * product) < 1e-6);
        const at::Tensor row = drawn({outputs}, 4);
        multiply({row.data_ptr<float>()});
        QVERIFY(relativeDifference(to, product + row) < 1e-6);

        const at::Tensor tiles = drawn({count, outputs}, 3);
        const at::Tensor sums = at::full({channels, outputs}, 1000.0F);
        const auto add = [&](bool isFirst) {
            loops->addProducts(patches.data_ptr<float>(), channels, channels,
                               tiles.data_ptr<float>(), outputs, outputs, count, isFirst,
                               sums.data_ptr<float>());
        };
        const at::Tensor once = at::matmul(patches.t(), tiles);
        add(true);
        QVERIFY(relativeDifference(sums, once) < 1e-6);
        add(false);
        QVERIFY(relativeDifference(sums, 2 * once) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(WinogradKernelsTest)
#include "WinogradKernelsTest.moc"
