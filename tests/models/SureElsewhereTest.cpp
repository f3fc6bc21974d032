// SPDX-License-Identifier: Apache-2.0
#include "models/SureElsewhere.h"

#include "core/labels/LabelEdit.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QTest>

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

std::optional<TrainingSet> sure(const TrainingSet& set, const std::shared_ptr<Checkpoint>& model)
{
    JobContext job;
    return sureElsewhere(set, model, ComputeDevice::cpu(), {.precision = Precision::fp32}, job);
}

} // namespace

class SureElsewhereTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void onlySurePixelsOfOtherSlicesTeach()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 3);
        const TrainingSet set = corrected(drawn, SliceRange::single(1));
        const auto model = randomMembraneModel();
        const auto elsewhere = sure(set, model);
        QVERIFY(elsewhere);
        QVERIFY(elsewhere->labels().touchedTiles(1).empty());
        JobContext job;
        const ProbabilityMap map =
            Predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32})
                .predictSlice(*drawn.stack(), 0, {4, 4, 50}, job);
        std::vector<Label> labels(size_t(side) * side);
        elsewhere->labels().read(0, drawn.size.sliceRect(), labels.data());
        int taught = 0;
        for (size_t i = 0; i < labels.size(); ++i) {
            const int c = map.plane(1)[i] > 0.85F ? 1 : map.plane(2)[i] > 0.85F ? 2 : 0;
            QCOMPARE(labels[i].classIndex(), c);
            taught += c != 0;
        }
        QVERIFY(taught > 0);
        QVERIFY(taught < side * side);
    }

    void whoKnowsOtherClassesTeachesNothing()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        const TrainingSet set = corrected(drawn, SliceRange::single(0));
        QVERIFY(!sure(set, nullptr));
        const auto stranger = randomMembraneModel();
        stranger->classNames = {QStringLiteral("axon"), QStringLiteral("rest")};
        QVERIFY(!sure(set, stranger));
    }

    void whereEverySliceIsCorrectedThereIsNoElsewhere()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        QVERIFY(!sure(corrected(drawn, SliceRange::all(2)), randomMembraneModel()));
    }

    void patchesComeFromBoth()
    {
        const DrawnStack drawn = DrawnStack::sections(side, 2);
        const TrainingSet set = corrected(drawn, SliceRange::single(0));
        const auto elsewhere = sure(set, randomMembraneModel());
        MixedPatches patches(set, *elsewhere, {}, 64);
        Random random(1);
        std::set<bool> areStriped; // as only the corrections are
        for (int i = 0; i < 40; ++i) {
            const TrainingPatch patch = patches.draw(random, false);
            int stripes = 0;
            for (size_t p = 0; p + 1 < patch.targets.size(); ++p)
                stripes += patch.targets[p] == 1 && patch.targets[p + 1] == 2;
            areStriped.insert(stripes > 200);
        }
        QCOMPARE(areStriped.size(), size_t(2));
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

QTEST_GUILESS_MAIN(SureElsewhereTest)
#include "SureElsewhereTest.moc"
