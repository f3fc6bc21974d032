// SPDX-License-Identifier: Apache-2.0
#include "models/HeldOutScore.h"

#include "core/labels/LabelEdit.h"
#include "core/metrics/SegmentationScore.h"
#include "models/ThresholdChoice.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <functional>

using namespace emend;

namespace {

constexpr int side = 256;

/// Every pixel of slice 0 corrected to what classOf says (0: left open).
TrainingSet corrected(const DrawnStack& drawn, const std::function<int(Pixel)>& classOf)
{
    LabelVolume labels(drawn.size);
    editLabels(labels, 0, drawn.size.sliceRect(), [&](Pixel pixel, Label old) {
        const int c = classOf(pixel);
        return c == 0 ? old : Label(c, LabelState::corrected);
    }).applyTo(labels);
    return {drawn.stack(), labels, ClassTable::membraneAndInside()};
}

ProbabilityMap mapOf(const std::shared_ptr<const Checkpoint>& model, const DrawnStack& drawn)
{
    JobContext job;
    return Predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32})
        .predictSlice(*drawn.stack(), 0, {4, 4, 50}, job);
}

HeldOutScore::Score scoreOf(const std::shared_ptr<const Checkpoint>& model, const TrainingSet& set)
{
    JobContext job;
    const auto score =
        HeldOutScore(set, ComputeDevice::cpu(), {.precision = Precision::fp32}).of(model, job);
    Q_ASSERT(score);
    return *score;
}

} // namespace

/// What is asked of corrected pixels about a model: whether to keep it, and where it should decide.
class HeldOutScoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_drawn = DrawnStack::sections(side, 1);
        m_map = mapOf(m_model, m_drawn);
    }

    void aBorderTwoPixelsBesideIsNotClearlyWrong()
    {
        for (const int shift : {0, 2}) {
            const TrainingSet set = corrected(m_drawn, [&](Pixel pixel) {
                return said({std::min(pixel.x + shift, side - 1), pixel.y});
            });
            QVERIFY(set.heldOutPixels() > 0);
            QCOMPARE(scoreOf(m_model, set).clearlyWrong, 0);
        }
    }

    void whatAllAroundIsOfAnotherClassIsClearlyWrong()
    {
        // Truth that the model nowhere says: what it calls one class is all the other one.
        const TrainingSet set = corrected(m_drawn, [&](Pixel pixel) {
            for (int dy = -2; dy <= 2; ++dy)
                for (int dx = -2; dx <= 2; ++dx)
                    if (said(inside({pixel.x + dx, pixel.y + dy})) != said(pixel))
                        return 0;
            return 3 - said(pixel);
        });
        QVERIFY(set.heldOutPixels() > 0);
        QCOMPARE(scoreOf(m_model, set).clearlyWrong, set.heldOutPixels());
    }

    void theThresholdIsWhereCellsComeApartBest()
    {
        const TrainingSet set = corrected(m_drawn, [&](Pixel pixel) {
            return m_drawn.truth[0][size_t(pixel.y * side + pixel.x)];
        });
        JobContext job;
        const ThresholdChoice choice(set, ComputeDevice::cpu(), {.precision = Precision::fp32});
        QCOMPARE(choice.of(m_model, job), bestThreshold());
        QVERIFY(choice.isFromLearned()); // for only blocks are held out of one slice
    }

    void singleStrokesDoNotChooseAThreshold()
    {
        const TrainingSet set =
            corrected(m_drawn, [](Pixel pixel) { return pixel.x % 4 == 0 ? 1 : 0; });
        JobContext job;
        const ThresholdChoice choice(set, ComputeDevice::cpu(), {});
        QVERIFY(!choice.of(m_model, job));
    }

    void strokesAreJudgedWithinTheMasksAroundThem()
    {
        TrainingSet set = corrected(m_drawn, [&](Pixel pixel) {
            return pixel.x % 4 == 0 ? m_drawn.truth[0][size_t(pixel.y * side + pixel.x)] : 0;
        });
        ProbabilityMap shown{side, side, 2, std::vector<float>(2 * m_drawn.truth[0].size())};
        for (size_t i = 0; i < m_drawn.truth[0].size(); ++i)
            shown.plane(m_drawn.truth[0][i])[i] = 1;
        Prediction prediction({side, side, 1}, 2);
        prediction.setSlice(0, shown);
        set.setConfirmed(prediction, 1, 0.8);
        JobContext job;
        const ThresholdChoice choice(set, ComputeDevice::cpu(), {.precision = Precision::fp32});
        QCOMPARE(choice.of(m_model, job), bestThreshold());
        QVERIFY(choice.isFromLearned());
    }

private:
    /// Of membrane, to the whole truth.
    double bestThreshold() const
    {
        StackScorer scorer(ThresholdChoice::thresholds());
        std::vector<quint8> isInside = m_drawn.truth[0];
        std::replace(isInside.begin(), isInside.end(), quint8(1), quint8(0));
        scorer.addSlice(m_map.without(1), isInside, side, side);
        return 1 - scorer.steadyThreshold();
    }

    int said(Pixel pixel) const
    {
        const auto i = size_t(pixel.y) * side + size_t(pixel.x);
        return m_map.plane(2)[i] > m_map.plane(1)[i] ? 2 : 1;
    }

    static Pixel inside(Pixel pixel)
    {
        return {std::clamp(pixel.x, 0, side - 1), std::clamp(pixel.y, 0, side - 1)};
    }

    std::shared_ptr<const Checkpoint> m_model = randomMembraneModel();
    DrawnStack m_drawn;
    ProbabilityMap m_map;
};

QTEST_GUILESS_MAIN(HeldOutScoreTest)
#include "HeldOutScoreTest.moc"
