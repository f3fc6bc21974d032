// SPDX-License-Identifier: Apache-2.0
#include "models/torch/winograd/WinogradKernels.h"

#include "models/torch/Processor.h"
#include "models/torch/winograd/WinogradProcessors.h"
#include "tests/support/DrawnTensors.h"

#include <QTest>

#include <ATen/ATen.h>

#include <bit>
#include <type_traits>
#include <vector>

using namespace emend;
using namespace emend::winograd;

namespace {

constexpr double points[] = {0, 0.75, -0.75, 1.5, -1.5};

/// The coefficients of the product of (x - point) over all points but one, from x^0 on.
std::vector<double> productOfOthers(int left)
{
    std::vector<double> coefficients = {1};
    for (int i = 0; i < 5; ++i) {
        if (i == left)
            continue;
        coefficients.push_back(0);
        for (size_t k = coefficients.size() - 1; k > 0; --k)
            coefficients[k] = coefficients[k - 1] - points[i] * coefficients[k];
        coefficients[0] *= -points[i];
    }
    coefficients.resize(6);
    return coefficients;
}

/// Lagrange's interpolation: the polynomial that is 1 at a point, and 0 at the others. The sixth
/// row is that of infinity.
at::Tensor forPatches()
{
    std::vector<double> numbers;
    for (int i = 0; i < patchPx; ++i) {
        for (const double coefficient : productOfOthers(i))
            numbers.push_back(coefficient);
    }
    return at::tensor(numbers, at::kDouble).view({patchPx, patchPx});
}

/// Each row has the powers of a point.
at::Tensor powers(int count)
{
    at::Tensor all = at::zeros({patchPx, count}, at::kDouble);
    for (int i = 0; i < 5; ++i) {
        for (int k = 0; k < count; ++k)
            all[i][k] = std::pow(points[i], k);
    }
    all[5][count - 1] = 1;
    return all;
}

at::Tensor forWeights()
{
    at::Tensor all = powers(3);
    for (int i = 0; i < 5; ++i) {
        for (int other = 0; other < 5; ++other) {
            if (other != i)
                all[i] /= points[i] - points[other];
        }
    }
    return all;
}

at::Tensor forAnswers()
{
    return powers(tilePx).t();
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

/// bfloat16 keeps eight digits of two.
template <class Number>
constexpr double rounding = std::is_same_v<Number, float> ? 1e-6 : 1.0 / 256;

float fromBf16(std::uint32_t bits)
{
    return std::bit_cast<float>(bits << 16);
}

/// [count, rowsInNumber].
at::Tensor read(const std::vector<float>& numbers)
{
    return at::tensor(numbers).unsqueeze(1);
}

at::Tensor read(const std::vector<Bf16Pair>& numbers)
{
    std::vector<float> both;
    for (const Bf16Pair number : numbers) {
        both.push_back(fromBf16(number.bits & 0xffffU));
        both.push_back(fromBf16(number.bits >> 16));
    }
    return at::tensor(both).view({-1, 2});
}

/// Of a tensor whose last axis is rowsInNumber.
template <class Number>
std::vector<Number> numbersOf(const at::Tensor& values)
{
    const at::Tensor flat = values.to(at::kFloat).contiguous();
    const float* const from = flat.data_ptr<float>();
    std::vector<Number> numbers(size_t(flat.numel() / rowsInNumber<Number>));
    for (size_t i = 0; i < numbers.size(); ++i) {
        if constexpr (std::is_same_v<Number, float>) {
            numbers[i] = from[i];
        } else {
            const auto half = [&](size_t k) {
                return std::bit_cast<std::uint32_t>(c10::BFloat16(from[2 * i + k]) + 0.0F) >> 16;
            };
            numbers[i].bits = half(0) | half(1) << 16;
        }
    }
    return numbers;
}

/// Rows side by side made neighbours: [rows, columns] to [rows / rowsInNumber, columns,
/// rowsInNumber].
template <class Number>
at::Tensor paired(const at::Tensor& matrix)
{
    return matrix.unflatten(0, {-1, rowsInNumber<Number>}).transpose(1, 2);
}

constexpr int channels = 32;

/// The loops for each kind of processor that this one can run.
template <class Work>
void forEachKind(const Work& work)
{
    if (hasAvx2())
        work(avx2::loops);
    if (hasAvx512())
        work(avx512::loops);
    if (hasAvx512Bf16())
        work(avx512bf16::loops);
}

} // namespace

/// Against the formulas.
class WinogradKernelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        if (!isSupported())
            QSKIP("this processor has neither AVX2 nor AVX-512");
    }

    void thePointsMultiplyPolynomials()
    {
        const at::Tensor patch = drawn({patchPx, patchPx}, 1).to(at::kDouble);
        const at::Tensor weights = drawn({3, 3}, 2).to(at::kDouble);
        const at::Tensor answer = onBothSides(forAnswers(), onBothSides(forWeights(), weights) *
                                                                onBothSides(forPatches(), patch));
        const at::Tensor expected =
            at::conv2d(patch.view({1, 1, 6, 6}), weights.view({1, 1, 3, 3}));
        QVERIFY(relativeDifference(answer, expected[0][0]) < 1e-12);
    }

    void patchesAreTransformed()
    {
        const at::Tensor patches = drawn({2, channels, patchPx, patchPx}, 1);
        forEachKind([&]<class Number>(const Loops<Number>& loops) {
            std::vector<Number> halves(products * channels, Number{});
            std::vector<Number> pairs(products * channels / rowsInNumber<Number>);
            for (int half = 0; half < rowsInNumber<Number>; ++half) {
                const at::Tensor from = pixelsFirst(patches[half]);
                const at::Tensor expected = pixelsFirst(onBothSides(forPatches(), patches[half]));
                const Pixels<const float> pixels{from.data_ptr<float>(), patchPx * channels,
                                                 channels};
                loops.transformPatch(pixels, channels, {halves.data(), channels, half});
                loops.transformPatchInPairs(pixels, channels,
                                            {pairs.data(), channels / rowsInNumber<Number>});
                QVERIFY(relativeDifference(read(pairs).view({products, channels}), expected) <
                        rounding<Number>);
            }
            // The second half has left the first as it was.
            for (int half = 0; half < rowsInNumber<Number>; ++half) {
                const at::Tensor expected = pixelsFirst(onBothSides(forPatches(), patches[half]));
                QVERIFY(relativeDifference(read(halves).select(1, half).view({products, channels}),
                                           expected) < rounding<Number>);
            }
        });
    }

    void tilesAreTransformedWithoutWhatIsMissing()
    {
        const at::Tensor tile = drawn({channels, tilePx, tilePx}, 1);
        const at::Tensor from = pixelsFirst(tile);
        at::Tensor there = tile.clone();
        there.narrow(1, 3, 1).zero_();
        there.narrow(2, 2, 2).zero_();
        const at::Tensor expected = pixelsFirst(onBothSides(forAnswers().t(), there));
        forEachKind([&]<class Number>(const Loops<Number>& loops) {
            std::vector<Number> to(products * channels);
            loops.transformTile({from.data_ptr<float>(), tilePx * channels, channels}, 3, 2,
                                channels, {to.data(), channels});
            QVERIFY(relativeDifference(read(to).select(1, 0).view({products, channels}), expected) <
                    rounding<Number>);
        });
    }

    void weightsAreTransformedAndBack_data()
    {
        QTest::addColumn<QList<qint64>>("order");
        QTest::newRow("inputs side by side") << QList<qint64>{0, 2, 3, 1};
        QTest::newRow("outputs side by side") << QList<qint64>{1, 2, 3, 0};
        QTest::newRow("taps side by side") << QList<qint64>{0, 1, 2, 3};
    }

    void weightsAreTransformedAndBack()
    {
        QFETCH(QList<qint64>, order);
        const std::vector<int64_t> axes(order.begin(), order.end());
        std::vector<int64_t> back(4);
        for (size_t i = 0; i < 4; ++i)
            back[size_t(axes[i])] = int64_t(i);
        const auto laidOut = [&](const at::Tensor& weights) {
            return weights.permute(axes).contiguous().permute(back);
        };
        const at::Tensor weights = laidOut(drawn({channelStep, channelStep, 3, 3}, 1));
        const at::Tensor expected =
            onBothSides(forWeights(), weights).permute({2, 3, 1, 0}).flatten(0, 1);
        const at::Tensor sums = drawn({products, channelStep, channelStep}, 2);
        const at::Tensor expectedBack =
            onBothSides(forWeights().t(), sums.permute({2, 1, 0}).unflatten(2, {patchPx, patchPx}));
        forEachKind([&]<class Number>(const Loops<Number>& loops) {
            constexpr int rows = channelStep / rowsInNumber<Number>;
            std::vector<Number> to(products * rows * channelStep);
            loops.transformWeights({weights.const_data_ptr<float>(), weights.stride(0),
                                    weights.stride(1), weights.stride(2), weights.stride(3)},
                                   to.data(), rows * channelStep);
            const at::Tensor got = read(to)
                                       .view({products, rows, channelStep, -1})
                                       .transpose(2, 3)
                                       .reshape({products, channelStep, channelStep});
            QVERIFY(relativeDifference(got, expected) < rounding<Number>);

            const at::Tensor gradient = laidOut(at::zeros({channelStep, channelStep, 3, 3}));
            loops.transformWeightsBack(
                sums.const_data_ptr<float>(), channelStep * channelStep, channelStep,
                {gradient.data_ptr<float>(), gradient.stride(0), gradient.stride(1),
                 gradient.stride(2), gradient.stride(3)});
            QVERIFY(relativeDifference(gradient, expectedBack) < 1e-6);
        });
    }

    void answersAreFinishedAndPooled()
    {
        const at::Tensor sums = drawn({channels, patchPx, patchPx}, 1);
        const at::Tensor from = pixelsFirst(sums);
        const at::Tensor bias = drawn({channels}, 2);
        const at::Tensor expected =
            (onBothSides(forAnswers(), sums) + bias.view({-1, 1, 1})).relu();
        forEachKind([&](const auto& loops) {
            const at::Tensor answer = at::zeros({tilePx * tilePx, channels});
            const at::Tensor pooled = at::zeros({4, channels});
            Finish finish;
            finish.bias = bias.data_ptr<float>();
            finish.isRelu = true;
            finish.answer = {answer.data_ptr<float>(), tilePx * channels, channels};
            finish.pooled = {pooled.data_ptr<float>(), 2 * channels, channels};
            loops.transformBack(from.data_ptr<float>(), channels, channels, finish);
            QVERIFY(relativeDifference(answer, pixelsFirst(expected)) < 1e-6);
            QVERIFY(relativeDifference(pooled, pixelsFirst(at::max_pool2d(expected, 2))) < 1e-6);
        });
    }

    void productsAreThoseOfMatrices_data()
    {
        QTest::addColumn<int>("outputs");
        QTest::addColumn<int>("count");
        for (const int outputs : {16, 32, 48}) {
            for (const int count : {1, 7, 24, 31})
                QTest::addRow("%d by %d", count, outputs) << outputs << count;
        }
    }

    void productsAreThoseOfMatrices()
    {
        QFETCH(int, outputs);
        QFETCH(int, count);
        const at::Tensor patches = drawn({count, channels}, 1);
        const at::Tensor weights = drawn({channels, outputs}, 2);
        const at::Tensor product = at::matmul(patches, weights);
        const at::Tensor row = drawn({outputs}, 4);
        forEachKind([&]<class Number>(const Loops<Number>& loops) {
            const std::vector<Number> left = numbersOf<Number>(patches);
            const std::vector<Number> right = numbersOf<Number>(
                paired<Number>(weights).unflatten(1, {-1, channelStep}).transpose(0, 1));
            const at::Tensor to = at::full({count, outputs}, 1000.0F);
            const auto multiply = [&](const Addend& addend) {
                loops.multiply(left.data(), count, channels / rowsInNumber<Number>, right.data(),
                               outputs, to.data_ptr<float>(), addend);
            };
            multiply({});
            QVERIFY(relativeDifference(to, product) < rounding<Number>);
            multiply({to.data_ptr<float>(), outputs});
            QVERIFY(relativeDifference(to, 2 * product) < rounding<Number>);
            multiply({row.data_ptr<float>()});
            QVERIFY(relativeDifference(to, product + row) < rounding<Number>);
        });
    }

    void productsOverTilesAreAddedUp_data() { productsAreThoseOfMatrices_data(); }

    void productsOverTilesAreAddedUp()
    {
        QFETCH(int, outputs);
        QFETCH(int, count);
        forEachKind([&]<class Number>(const Loops<Number>& loops) {
            const int rows = count * rowsInNumber<Number>;
            const at::Tensor patches = drawn({rows, channels}, 1);
            const at::Tensor tiles = drawn({rows, outputs}, 3);
            const std::vector<Number> left = numbersOf<Number>(paired<Number>(patches));
            const std::vector<Number> right = numbersOf<Number>(paired<Number>(tiles));
            const at::Tensor sums = at::full({channels, outputs}, 1000.0F);
            const auto add = [&](bool isFirst) {
                loops.addProducts(left.data(), channels, channels, right.data(), outputs, outputs,
                                  count, isFirst, sums.data_ptr<float>());
            };
            const at::Tensor once = at::matmul(patches.t(), tiles);
            add(true);
            QVERIFY(relativeDifference(sums, once) < rounding<Number>);
            add(false);
            QVERIFY(relativeDifference(sums, 2 * once) < rounding<Number>);
        });
    }
};

QTEST_GUILESS_MAIN(WinogradKernelsTest)
#include "WinogradKernelsTest.moc"
