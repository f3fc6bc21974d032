// SPDX-License-Identifier: Apache-2.0
#include "models/learning/BeliefElsewhere.h"

#include "core/labels/LabelEdit.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace emend;

namespace {

constexpr int side = 128;

/// A stripe corrected on each of the slices.
TrainingSet corrected(const DrawnStack& drawn, const SliceRange& slices, int rows = 32)
{
    LabelVolume labels(drawn.size);
    for (const int z : slices)
        editLabels(labels, z, {0, 0, side, rows}, [](Pixel pixel, Label) {
            return Label(1 + pixel.x % 2, LabelState::corrected);
        }).applyTo(labels);
    return {drawn.stack(), labels, ClassTable::membraneAndInside()};
}

std::optional<TrainingSet> believed(const TrainingSet& set,
                                    const std::shared_ptr<Checkpoint>& model)
{
    JobContext job;
    return beliefElsewhere(set, model, ComputeDevice::cpu(), {.precision = Precision::fp32}, job);
}

} // namespace

class BeliefElsewhereTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void otherSlicesTeachWhatTheModelBelieves()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 3);
        const TrainingSet set = corrected(drawn, SliceRange::single(1));
        const auto model = randomMembraneModel();
        const auto elsewhere = believed(set, model);
        QVERIFY(elsewhere);
        QVERIFY(elsewhere->labels().touchedTiles(1).empty());
        JobContext job;
        const ProbabilityMap map =
            Predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32})
                .predictSlice(*drawn.stack(), 0, {4, 4, 50}, job);
        std::vector<Label> labels(size_t(side) * side);
        elsewhere->labels().read(0, drawn.size.sliceRect(), labels.data());
        // As often as believed: among pixels of like probability, and to three deviations.
        for (int tenth = 0; tenth < 10; ++tenth) {
            double expected = 0;
            double variance = 0;
            int taught = 0;
            for (size_t i = 0; i < labels.size(); ++i) {
                const double membrane = map.plane(1)[i];
                QVERIFY(labels[i].classIndex() == 1 || labels[i].classIndex() == 2);
                if (int(membrane * 10) != tenth)
                    continue;
                expected += membrane;
                variance += membrane * (1 - membrane);
                taught += labels[i].classIndex() == 1;
            }
            QVERIFY(std::abs(taught - expected) <= 1 + 3 * std::sqrt(variance));
        }
    }

    void theSameModelTeachesTheSame()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        const TrainingSet set = corrected(drawn, SliceRange::single(1));
        const auto one = believed(set, randomMembraneModel());
        const auto other = believed(set, randomMembraneModel());
        QVERIFY(one->targets(0, drawn.size.sliceRect(), false) ==
                other->targets(0, drawn.size.sliceRect(), false));
    }

    void whoKnowsOtherClassesTeachesNothing()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        const TrainingSet set = corrected(drawn, SliceRange::single(0));
        QVERIFY(!believed(set, nullptr));
        const auto stranger = randomMembraneModel();
        stranger->classNames = {QStringLiteral("axon"), QStringLiteral("rest")};
        QVERIFY(!believed(set, stranger));
    }

    void whereEverySliceIsCorrectedThereIsNoElsewhere()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        QVERIFY(!believed(corrected(drawn, SliceRange::all(2)), randomMembraneModel()));
    }

    void patchesComeFromBoth()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        const TrainingSet set = corrected(drawn, SliceRange::single(0));
        const auto elsewhere = believed(set, randomMembraneModel());
        MixedPatches patches(set, *elsewhere, {}, 64);
        Random random(1);
        std::set<bool> areWhole; // corrections do not cover the slice
        for (int i = 0; i < 40; ++i) {
            const TrainingPatch patch = patches.draw(random, false);
            areWhole.insert(!std::ranges::count(patch.targets, 0));
        }
        QCOMPARE(areWhole.size(), size_t(2));
    }

    void theMoreIsCorrectedTheLessComesFromElsewhere()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 40);
        const auto shareOf = [&](const QString& slices, int rows) {
            return MixedPatches::shareElsewhere(
                corrected(drawn, SliceRange::parse(slices, drawn.size.slices), rows));
        };
        QCOMPARE(shareOf(QStringLiteral("0"), side / 2), 0.5 / (1 + 1.0 / 16));
        QCOMPARE(shareOf(QStringLiteral("0-7"), side), 0.25);
        QCOMPARE(shareOf(QStringLiteral("0-39"), side), 0.5 / 6);
    }
};

QTEST_GUILESS_MAIN(BeliefElsewhereTest)
#include "BeliefElsewhereTest.moc"
