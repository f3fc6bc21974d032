// SPDX-License-Identifier: Apache-2.0
#include "models/learning/HeldOutScore.h"

#include "core/labels/LabelEdit.h"
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

/// What is asked of corrected pixels about a model: whether to keep it.
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

private:
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
