// SPDX-License-Identifier: Apache-2.0
#include "app/session/SimulatedCorrector.h"

#include "core/project/Project.h"
#include "tests/support/DrawnStack.h"

#include <QTest>

using namespace emend;

namespace {

constexpr int side = 200; // no multiple of a place

LabelVolume labelsOf(const std::vector<std::vector<quint8>>& classes, VolumeSize size,
                     LabelState state)
{
    LabelVolume labels(size);
    for (int z = 0; z < size.slices; ++z)
        editLabels(labels, z, size.sliceRect(), [&](Pixel p, Label) {
            return Label(classes[size_t(z)][size_t(p.y * size.width + p.x)], state);
        }).applyTo(labels);
    return labels;
}

std::vector<Label> read(const LabelVolume& labels, int z, Rect rect)
{
    std::vector<Label> out(size_t(rect.pixelCount()));
    labels.read(z, rect, out.data());
    return out;
}

/// A project whose prediction is the truth shifted by some pixels: wrong along every membrane.
struct Scene
{
    explicit Scene(int shiftPx)
        : drawn(DrawnStack::sections(side, 2))
        , truth(labelsOf(drawn.truth, drawn.size, LabelState::corrected))
        , project(drawn.stack())
    {
        auto shifted = drawn.truth;
        for (size_t z = 0; z < shifted.size(); ++z)
            for (int y = 0; y < side; ++y)
                for (int x = shiftPx; x < side; ++x)
                    shifted[z][size_t(y * side + x)] =
                        drawn.truth[z][size_t(y * side + x - shiftPx)];
        predicted = labelsOf(shifted, drawn.size, LabelState::predicted);
        std::vector<LabelEdit::Change> changes;
        for (int z = 0; z < 2; ++z)
            for (const TileKey key : predicted.touchedTiles(z))
                changes.push_back({key, {}, predicted.tile(key)});
        project.apply(LabelEdit(changes));
    }

    /// Counts of what differs from the prediction, by what it is now.
    struct Change
    {
        qint64 corrected = 0;
        qint64 mended = 0; ///< corrected to another class
        qint64 wrong = 0;  ///< corrected, but not to the truth
    };

    Change change() const
    {
        Change change;
        for (int z = 0; z < 2; ++z) {
            const auto now = read(project.labels(), z, drawn.size.sliceRect());
            const auto before = read(predicted, z, drawn.size.sliceRect());
            for (size_t i = 0; i < now.size(); ++i) {
                change.corrected += now[i].isCorrected();
                change.mended += now[i].classIndex() != before[i].classIndex();
                change.wrong +=
                    now[i].isCorrected() && now[i].classIndex() != drawn.truth[size_t(z)][i];
            }
        }
        return change;
    }

    DrawnStack drawn;
    LabelVolume truth;
    LabelVolume predicted;
    Project project;
};

CorrectorHabits exactHabits(bool confirmsPlaces)
{
    CorrectorHabits habits;
    habits.brush = BrushHabits::exact();
    habits.confirmsPlaces = confirmsPlaces;
    return habits;
}

} // namespace

class SimulatedCorrectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void anExactPersonLeavesTheTruthInsideOfThePlaces()
    {
        Scene scene(4);
        SimulatedCorrector corrector(scene.project, scene.truth, exactHabits(true));
        const auto places = placesInRows(scene.drawn.size, SliceRange::single(1));
        for (const Place& place : places) {
            corrector.correct(place);
            QCOMPARE(read(scene.project.labels(), 1, place.rect), read(scene.truth, 1, place.rect));
        }
        QCOMPARE(corrector.effort().mistakenPixels, 0);
        QCOMPARE(corrector.effort().looked, int(places.size()));
        const Rect slice = scene.drawn.size.sliceRect();
        QCOMPARE(read(scene.project.labels(), 0, slice), read(scene.predicted, 0, slice));
    }

    void strokesNeverPaintAWrongClass()
    {
        Scene scene(5);
        CorrectorHabits habits;
        habits.confirmsPlaces = false;
        SimulatedCorrector corrector(scene.project, scene.truth, habits);
        for (const Place& place : placesInRows(scene.drawn.size, SliceRange::all(2)))
            corrector.correct(place);
        QVERIFY(corrector.effort().strokes > 20);
        QVERIFY(scene.change().mended > 500);
        QCOMPARE(scene.change().wrong, 0);
    }

    void whatIsCountedIsWhatChanged()
    {
        Scene scene(5);
        SimulatedCorrector corrector(scene.project, scene.truth);
        for (const Place& place : placesInRows(scene.drawn.size, SliceRange::all(2)))
            corrector.correct(place);
        const CorrectionEffort& effort = corrector.effort();
        const Scene::Change change = scene.change();
        QCOMPARE(effort.correctedPixels(), change.corrected);
        QCOMPARE(effort.mendedPixels, change.mended);
        // Narrow errors are confirmed with the rest; a stroke that comes by later may mend one.
        QVERIFY(change.wrong > 0);
        QVERIFY(effort.mistakenPixels >= change.wrong);
        QCOMPARE(effort.confirmed, effort.looked);
        QVERIFY(effort.withErrors > 0 && effort.withErrors <= effort.looked);
    }

    void whatIsConfirmedByMistakeIsCounted()
    {
        Scene scene(2); // too narrow an error for a stroke
        SimulatedCorrector corrector(scene.project, scene.truth);
        for (const Place& place : placesInRows(scene.drawn.size, SliceRange::single(1)))
            corrector.correct(place);
        QCOMPARE(corrector.effort().strokes, 0);
        QVERIFY(corrector.effort().mistakenPixels > 0);
        QCOMPARE(corrector.effort().mistakenPixels, scene.change().wrong);
    }

    void aPlaceThatIsRightTakesALookAndAKey()
    {
        Scene scene(0);
        SimulatedCorrector corrector(scene.project, scene.truth);
        const Place place{0, {64, 64, 64, 64}, 0};
        corrector.correct(place);
        QCOMPARE(corrector.effort().strokes, 0);
        QCOMPARE(corrector.effort().withErrors, 0);
        QCOMPARE(corrector.effort().approvedPixels, 64 * 64);
        const CorrectorHabits habits;
        QCOMPARE(habits.minutes(corrector.effort()),
                 (habits.lookSeconds + habits.confirmSeconds) / 60);
        corrector.correct(place); // decided: passed by
        QCOMPARE(corrector.effort().looked, 1);
    }

    void thePaceIsThatOfThePerson()
    {
        CorrectionEffort effort;
        effort.looked = 4;
        effort.confirmed = 2;
        effort.strokes = 10;
        effort.strokePx = 500;
        CorrectorHabits habits;
        habits.lookSeconds = 2;
        habits.confirmSeconds = 0.5;
        habits.brush.strokeSeconds = 1;
        habits.brush.pxPerSecond = 50;
        QCOMPARE(habits.minutes(effort), (8 + 1 + 10 + 10) / 60.0);
    }

    void labellingFromNothingTakesMoreThanMending()
    {
        Scene scene(4);
        SimulatedCorrector corrector(scene.project, scene.truth);
        for (const Place& place : placesInRows(scene.drawn.size, SliceRange::single(0)))
            corrector.correct(place);
        const auto effortOf = [&scene](bool withFills) {
            return SimulatedCorrector::labelFromNothing(scene.truth, SliceRange::single(0), {},
                                                        withFills);
        };
        QVERIFY(corrector.effort().strokes > 10);
        QVERIFY(effortOf(true).strokePx > corrector.effort().strokePx);
        QVERIFY(effortOf(false).strokePx > effortOf(true).strokePx);
    }
};

QTEST_GUILESS_MAIN(SimulatedCorrectorTest)
#include "SimulatedCorrectorTest.moc"
