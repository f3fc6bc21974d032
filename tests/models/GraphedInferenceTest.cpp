// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/GraphedInference.h"

#include "tests/support/LateRuntime.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <deque>

using namespace emend;

namespace {

constexpr int tilePx = 64;
constexpr int cropPx = 16;

GraphedInference::Shape byteShape(int batch)
{
    return {.batch = batch,
            .widthPx = tilePx,
            .heightPx = tilePx,
            .cropX = cropPx,
            .cropY = cropPx,
            .answerWidthPx = tilePx - 2 * cropPx,
            .answerHeightPx = tilePx - 2 * cropPx};
}

at::Tensor drawnGrey(int batch, int seed)
{
    at::manual_seed(quint64(seed));
    return at::randint(0, 256, {batch, 1, tilePx, tilePx}, at::kByte);
}

SliceNormalisation normalisationOf(int index)
{
    return {100 + float(index), index % 2 == 0 ? 60.0F : -45.0F};
}

/// What the plain network says of the grey values.
at::Tensor plainAnswer(const FoldedUNet& network, const at::Tensor& grey,
                       const SliceNormalisation& normalisation)
{
    const c10::InferenceMode inference;
    const at::Tensor bytes = grey.to(at::kFloat).contiguous();
    std::vector<float> values(bytes.data_ptr<float>(), bytes.data_ptr<float>() + bytes.numel());
    normalisation.apply(values);
    const at::Tensor input = at::from_blob(values.data(), bytes.sizes(), at::kFloat).clone();
    return network.probabilities(input, [] {})
        .narrow(2, cropPx, tilePx - 2 * cropPx)
        .narrow(3, cropPx, tilePx - 2 * cropPx)
        .contiguous();
}

} // namespace

/// Everything but the card: order of work, buffers and arithmetic.
class GraphedInferenceTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Checkpoint> m_model = randomModel(UNetSpec::standard(3, 2));
    FoldedUNet m_network{*m_model, at::kCPU, Precision::fp32};
    GraphedInference::Network m_described{m_network, *m_model, at::kCPU, at::kFloat};

private Q_SLOTS:

    void manyBatchesOverlapAndEachGetsItsOwnAnswer_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<int>("ahead");
        for (unsigned seed = 1; seed <= 12; ++seed)
            QTest::addRow("dice %u", seed) << seed << 1 + int(seed % 3);
    }

    void manyBatchesOverlapAndEachGetsItsOwnAnswer()
    {
        QFETCH(unsigned, seed);
        QFETCH(int, ahead);
        constexpr int batches = 9;
        LateRuntime runtime(seed);
        GraphedInference inference(m_described, runtime, byteShape(2));
        int taken = 0;
        const auto takeAndCompare = [&] {
            const auto answer = inference.take();
            const at::Tensor expected =
                plainAnswer(m_network, drawnGrey(2, taken), normalisationOf(taken));
            const at::Tensor difference =
                answer.probabilities.to(at::kFloat).div(255).sub(expected).abs();
            QVERIFY(difference.max().item<float>() <= 0.5F / 255 + 1e-5F);
            QVERIFY(answer.labels.eq(expected.argmax(1).add(1)).all().item<bool>());
            ++taken;
        };
        for (int i = 0; i < batches; ++i) {
            while (inference.pending() >= ahead)
                takeAndCompare();
            auto& input = inference.next();
            input.grey.copy_(drawnGrey(2, i));
            input.normalisation = normalisationOf(i);
            inference.submit();
        }
        while (inference.pending() > 0)
            takeAndCompare();
        QCOMPARE(taken, batches);
    }

    void itIsRecordedOnceAfterThreeRunsAndThenRepeated()
    {
        LateRuntime runtime(1);
        GraphedInference inference(m_described, runtime, byteShape(1));
        for (int i = 0; i < 8; ++i) {
            inference.next().normalisation = normalisationOf(i);
            inference.submit();
            inference.take();
            QCOMPARE(runtime.recordings, i < 3 ? 0 : 1);
        }
        QCOMPARE(runtime.replays, 5);
    }

    void anythingButBytesGoesAsFloats()
    {
        LateRuntime runtime(2);
        auto shape = byteShape(1);
        shape.greyType = at::kFloat;
        shape.answerType = at::kFloat;
        GraphedInference inference(m_described, runtime, shape);
        const at::Tensor grey = drawnGrey(1, 5).to(at::kFloat).mul(200.25);
        const SliceNormalisation normalisation = {25000, 9000};
        inference.next().grey.copy_(grey);
        inference.next().normalisation = normalisation;
        inference.submit();
        const at::Tensor expected = plainAnswer(m_network, grey, normalisation);
        QVERIFY(at::allclose(inference.take().probabilities, expected, 0, 1e-6));
    }

    void ownKernelsGiveTheSameLastLayer()
    {
        const auto model = randomModel(UNetSpec::standard(5, 8)); // their channels come in eights
        const FoldedUNet network(*model, at::kCPU, Precision::fp32);
        const GraphedInference::Network described(network, *model, at::kCPU, at::kFloat);
        const at::Tensor grey = drawnGrey(2, 7);
        const auto answerWith = [&](bool ownKernels) {
            LateRuntime runtime(4);
            auto shape = byteShape(2);
            shape.ownKernels = ownKernels;
            GraphedInference inference(described, runtime, shape);
            inference.next().grey.copy_(grey);
            inference.next().normalisation = normalisationOf(1);
            inference.submit();
            return inference.take().probabilities.to(at::kInt);
        };
        const at::Tensor difference = (answerWith(true) - answerWith(false)).abs();
        QVERIFY(difference.max().item<int>() <= 1); // halves may be rounded either way
        QVERIFY(difference.to(at::kFloat).mean().item<float>() < 1e-3F);
    }

    void viewsAreAveragedInsideTheGraph()
    {
        LateRuntime runtime(3);
        auto shape = byteShape(1);
        shape.views = 8;
        shape.answerType = at::kFloat;
        GraphedInference inference(m_described, runtime, shape);
        const at::Tensor grey = drawnGrey(1, 6);
        // A picture and the same picture mirrored have mirrored answers, whatever the network.
        const auto answerOf = [&](const at::Tensor& shown) {
            inference.next().grey.copy_(shown);
            inference.next().normalisation = normalisationOf(0);
            inference.submit();
            return inference.take().probabilities.clone();
        };
        const at::Tensor plain = answerOf(grey);
        QVERIFY(at::allclose(answerOf(grey.flip({3})).flip({3}), plain, 0, 1e-5));
        QVERIFY(at::allclose(answerOf(grey.transpose(2, 3)).transpose(2, 3), plain, 0, 1e-5));
        const at::Tensor oneView = plainAnswer(m_network, grey, normalisationOf(0));
        QVERIFY(!at::allclose(plain, oneView, 0, 1e-3));
    }
};

QTEST_GUILESS_MAIN(GraphedInferenceTest)
#include "GraphedInferenceTest.moc"
