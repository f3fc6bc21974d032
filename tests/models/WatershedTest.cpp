// SPDX-License-Identifier: Apache-2.0
#include "models/cells/Watershed.h"

#include "models/slices/GreyPlane.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace emend;

namespace {

/// Heights in levels, row after row.
Basins basinsAt(int width, const std::vector<int>& levels)
{
    GreyPlane heights(width, int(levels.size()) / width);
    std::ranges::transform(levels, heights.values.begin(),
                           [](int level) { return float(level) / 255; });
    return basinsOf(heights);
}

} // namespace

class WatershedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aRimOfFiveLevelsPartsTwoBasins_data()
    {
        QTest::addColumn<int>("bottom");
        QTest::addColumn<int>("rim");
        QTest::addColumn<int>("basins");
        QTest::newRow("flat ground") << 0 << 0 << 1;
        QTest::newRow("a low rim on the ground") << 0 << 4 << 1;
        QTest::newRow("a rim on the ground") << 0 << 5 << 2;
        QTest::newRow("a low rim near the ground") << 3 << 7 << 1;
        QTest::newRow("a rim near the ground") << 3 << 8 << 2;
        QTest::newRow("a low rim above") << 100 << 104 << 1;
        QTest::newRow("a rim above") << 100 << 105 << 2;
        QTest::newRow("the highest") << 0 << 255 << 2;
    }

    void aRimOfFiveLevelsPartsTwoBasins()
    {
        QFETCH(int, bottom);
        QFETCH(int, rim);
        QFETCH(int, basins);
        const Basins found = basinsAt(5, {bottom, bottom, rim, bottom, bottom});
        QCOMPARE(found.count, basins);
        QCOMPARE(found.of[0], found.of[1]);
        QCOMPARE(found.of[3], found.of[4]);
        QCOMPARE(found.of[0] == found.of[4], basins == 1);
    }

    void theShallowerOfTwoIsPartOfTheDeeper()
    {
        // The rim is 10 above the one, which does not count: it is 3 and 5 above the other.
        QCOMPARE(basinsAt(3, {7, 10, 0}).count, 1);
        QCOMPARE(basinsAt(3, {5, 10, 0}).count, 2);
    }

    void whatMeetsFurtherDownIsOne()
    {
        const Basins found = basinsAt(5, {0, 90, 2, 90, 1, //
                                          1, 90, 0, 90, 0, //
                                          3, 4, 4, 90, 2});
        QCOMPARE(found.count, 2);
        QCOMPARE(found.of[0], found.of[2]);
        QVERIFY(found.of[0] != found.of[4]);
    }

    void theDeepestBasinComesFirst()
    {
        const Basins found = basinsAt(5, {4, 60, 30, 60, 1});
        QCOMPARE(found.of[4], 0);
        QCOMPARE(found.of[0], 1);
        QCOMPARE(found.of[2], 2);
        QCOMPARE(basinsAt(5, {2, 0, 60, 0, 3}).of[0], 0); // as deep, and found first
    }

    void everyPixelBelongsToABasin()
    {
        std::vector<int> levels;
        for (int i = 0; i < 40 * 30; ++i)
            levels.push_back(i * 7919 % 251 % (1 + i % 97));
        const Basins found = basinsAt(40, levels);
        QVERIFY(found.count > 1);
        for (const int basin : found.of)
            QVERIFY(basin >= 0 && basin < found.count);
    }
};

QTEST_GUILESS_MAIN(WatershedTest)
#include "WatershedTest.moc"
