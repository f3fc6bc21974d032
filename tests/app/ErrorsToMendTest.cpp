// SPDX-License-Identifier: Apache-2.0
#include "app/session/ErrorsToMend.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

constexpr int width = 90;
constexpr int height = 60;
constexpr Rect area{100, 200, width, height};
constexpr quint8 membrane = 1;
constexpr quint8 inside = 2;

using Mask = std::vector<quint8>;

void mark(Mask& mask, Rect rect, quint8 value)
{
    for (int y = rect.y; y < rect.bottom(); ++y)
        for (int x = rect.x; x < rect.right(); ++x)
            mask[size_t(y * width + x)] = value;
}

Mask filled(quint8 value)
{
    return Mask(size_t(width) * height, value);
}

/// Two cells with a membrane of six pixels between them.
Mask twoCells()
{
    Mask truth = filled(inside);
    mark(truth, {40, 0, 6, height}, membrane);
    return truth;
}

Mask mended(const Mask& truth, const Mask& classes, const BrushHabits& habits = {})
{
    return errorsToMend(area, truth, classes, filled(1), habits);
}

qint64 countOf(const Mask& mask, Mending mending)
{
    return std::count(mask.begin(), mask.end(), quint8(mending));
}

} // namespace

class ErrorsToMendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatIsRightIsLeftAlone() { QCOMPARE(mended(twoCells(), twoCells()), filled(leaveIt)); }

    void smallAndNarrowErrorsAreLeftAlone()
    {
        const Mask truth = filled(inside);
        Mask classes = truth;
        mark(classes, {5, 5, 3, 5}, membrane);   // small
        mark(classes, {5, 20, 70, 2}, membrane); // narrow
        QCOMPARE(mended(truth, classes), filled(leaveIt));
        mark(classes, {5, 40, 4, 4}, membrane);
        Mask expected = filled(leaveIt);
        mark(expected, {5, 40, 4, 4}, mendIt);
        QCOMPARE(mended(truth, classes), expected);
    }

    void anExactPersonMendsThemAll()
    {
        const Mask truth = filled(inside);
        Mask classes = truth;
        mark(classes, {5, 5, 1, 1}, membrane);
        mark(classes, {5, 20, 70, 2}, membrane);
        QCOMPARE(countOf(mended(truth, classes, BrushHabits::exact()), mendIt), 141);
    }

    void aNarrowGapBetweenTwoCellsIsClosed()
    {
        const Mask truth = twoCells();
        Mask classes = truth;
        mark(classes, {40, 30, 6, 1}, inside);
        Mask expected = filled(leaveIt);
        mark(expected, {41, 30, 4, 1}, closeIt); // its middle
        QCOMPARE(mended(truth, classes), expected);
    }

    void aMembraneThatIsThinnerThanItShouldBeIsNoGap()
    {
        const Mask truth = twoCells();
        Mask classes = truth;
        mark(classes, {40, 0, 2, height}, inside);
        mark(classes, {44, 0, 2, height}, inside);
        QCOMPARE(mended(truth, classes), filled(leaveIt));
    }

    void aCellThatIsCutByANarrowLineIsJoined()
    {
        Mask truth = filled(inside);
        mark(truth, {0, 0, width, 5}, membrane);
        mark(truth, {0, height - 5, width, 5}, membrane);
        Mask classes = truth;
        const Rect cut{50, 5, 1, height - 10};
        mark(classes, cut, membrane);
        // Only where both ends are near can it be told.
        BrushHabits habits;
        habits.leakReachPx = height;
        Mask expected = filled(leaveIt);
        mark(expected, cut, closeIt);
        QCOMPARE(mended(truth, classes, habits), expected);
        QCOMPARE(mended(truth, classes), filled(leaveIt));
    }

    void onlyWhatIsJudgedIsMended()
    {
        const Mask truth = twoCells();
        Mask classes = truth;
        mark(classes, {40, 0, 6, height}, inside);
        Mask isJudged = filled(0);
        mark(isJudged, {0, 10, width, 7}, 1);
        const Mask mending = errorsToMend(area, truth, classes, isJudged, {});
        QCOMPARE(countOf(mending, mendIt) + countOf(mending, closeIt), 6 * 7);
    }

    void whatIsNotKnownIsNoError() { QCOMPARE(mended(filled(0), filled(inside)), filled(leaveIt)); }

    void openingKeepsWhatIsWideEnough()
    {
        Mask mask = filled(0);
        mark(mask, {10, 10, 20, 2}, 1);
        mark(mask, {40, 20, 3, 9}, 1);
        Mask expected = filled(0);
        mark(expected, {40, 20, 3, 9}, 1);
        QCOMPARE(openedMask(mask, width, height, 3), expected);
        QCOMPARE(openedMask(mask, width, height, 1), mask);
    }
};

QTEST_GUILESS_MAIN(ErrorsToMendTest)
#include "ErrorsToMendTest.moc"
