// SPDX-License-Identifier: Apache-2.0
#include "app/session/StrokePlanner.h"

#include "core/project/PaintShapes.h"
#include "tests/support/SyntheticStack.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

constexpr int side = 120;
constexpr Rect slice{0, 0, side, side};

using Mask = std::vector<quint8>;

void mark(Mask& mask, Rect rect, quint8 value)
{
    for (int y = rect.y; y < rect.bottom(); ++y)
        for (int x = rect.x; x < rect.right(); ++x)
            mask[size_t(y * side + x)] = value;
}

/// The class of each pixel after the strokes; 0 where none passed.
Mask painted(const std::vector<BrushStroke>& strokes)
{
    Mask mask(size_t(side) * side);
    const auto put = [&mask](const PixelRuns& runs, int classIndex) {
        for (const PixelRun run : runs)
            mark(mask, {run.fromX, run.y, run.toX - run.fromX + 1, 1}, quint8(classIndex));
    };
    for (const BrushStroke& stroke : strokes) {
        put(diskRuns(stroke.path.front(), stroke.radiusPx, slice), stroke.classIndex);
        for (size_t i = 1; i < stroke.path.size(); ++i)
            put(lineRuns(stroke.path[i - 1], stroke.path[i], stroke.radiusPx, slice),
                stroke.classIndex);
    }
    return mask;
}

/// How many pixels the strokes gave another class than the truth has.
int wrongPixels(const Mask& paintedClasses, const Mask& truth)
{
    int wrong = 0;
    for (size_t i = 0; i < truth.size(); ++i)
        wrong += paintedClasses[i] != 0 && paintedClasses[i] != truth[i];
    return wrong;
}

} // namespace

class StrokePlannerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aStraightMembraneIsOneStrokeAlongIt()
    {
        Mask truth(size_t(side) * side, 2);
        const Rect membrane{0, 50, side, 7};
        mark(truth, membrane, 1);
        Mask mending(truth.size());
        mark(mending, membrane, 1);
        const auto strokes = StrokePlanner(slice, slice, truth).plan(mending);
        QCOMPARE(int(strokes.size()), 1);
        QCOMPARE(strokes[0].radiusPx, 3);
        QCOMPARE(strokes[0].classIndex, 1);
        QVERIFY(strokes[0].lengthPx() > side - 10);
        QVERIFY(strokes[0].lengthPx() < side + 10);
        QCOMPARE(wrongPixels(painted(strokes), truth), 0);
    }

    void strokesNeverPaintAWrongClass()
    {
        const auto drawn = SyntheticStack::membranes(side, 3);
        for (const Mask& truth : drawn.truth) {
            const Mask mending(truth.size(), 1);
            const auto strokes = StrokePlanner(slice, slice, truth).plan(mending);
            QVERIFY(strokes.size() > 5);
            const Mask classes = painted(strokes);
            QCOMPARE(wrongPixels(classes, truth), 0);
            const auto missed = std::count(classes.begin(), classes.end(), 0);
            QVERIFY2(missed < side * side / 10, qPrintable(QString::number(missed)));
        }
    }

    void anExactPersonMissesNoPixel()
    {
        const auto drawn = SyntheticStack::membranes(side, 1);
        const Mask mending(drawn.truth[0].size(), 1);
        const StrokePlanner planner(slice, slice, drawn.truth[0], BrushHabits::exact());
        QCOMPARE(painted(planner.plan(mending)), drawn.truth[0]);
    }

    void whatAStrokeLeavesBesideItIsForgottenUnlessItMustBeClosed()
    {
        Mask truth(size_t(side) * side, 2);
        const Rect membrane{0, 50, side, 8}; // the brush is as wide as an odd number
        mark(truth, membrane, 1);
        Mask mending(truth.size());
        mark(mending, membrane, 1);
        QCOMPARE(int(StrokePlanner(slice, slice, truth).plan(mending).size()), 1);
        mark(mending, membrane, 2);
        const auto strokes = StrokePlanner(slice, slice, truth).plan(mending);
        QVERIFY(strokes.size() > 1);
        const Mask classes = painted(strokes);
        QCOMPARE(qint64(std::count(classes.begin(), classes.end(), 1)), membrane.pixelCount());
    }

    void theBrushIsHardlyWiderThanTheError()
    {
        const Mask truth(size_t(side) * side, 2);
        Mask mending(truth.size());
        mark(mending, {60, 20, 5, 70}, 1); // a membrane that is none
        const auto strokes = StrokePlanner(slice, slice, truth).plan(mending);
        QCOMPARE(int(strokes.size()), 1);
        QVERIFY(strokes[0].radiusPx >= 2 && strokes[0].radiusPx <= 4);
        const Mask classes = painted(strokes);
        int missed = 0;
        for (size_t i = 0; i < classes.size(); ++i)
            missed += mending[i] && !classes[i];
        QVERIFY(missed < 6);
    }

    void unknownPixelsArePaintedNeither()
    {
        Mask truth(size_t(side) * side, 2);
        mark(truth, {0, 0, 60, side}, 0);
        const Mask mending(truth.size(), 1);
        const auto strokes = StrokePlanner(slice, slice, truth, BrushHabits::exact()).plan(mending);
        QCOMPARE(painted(strokes), truth);
    }

    void theBrushStaysInTheAreaButLeavesTheSliceFreely()
    {
        const Rect area{0, 0, 60, 60}; // two sides are the slice's
        const Mask truth(60 * 60, 2);
        const Mask mending(60 * 60, 1);
        const auto strokes = StrokePlanner(area, slice, truth, BrushHabits::exact()).plan(mending);
        Mask expected(size_t(side) * side);
        mark(expected, area, 2);
        QCOMPARE(painted(strokes), expected);
        const auto isOverTheEdge = [](const BrushStroke& stroke) {
            return std::any_of(stroke.path.begin(), stroke.path.end(),
                               [&stroke](Pixel p) { return p.x < stroke.radiusPx; });
        };
        QVERIFY(std::any_of(strokes.begin(), strokes.end(), isOverTheEdge));
    }
};

QTEST_GUILESS_MAIN(StrokePlannerTest)
#include "StrokePlannerTest.moc"
