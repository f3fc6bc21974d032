// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/SectionLook.h"

#include "models/shipped/CellLook.h"

#include <QTest>

#include <cmath>

using namespace emend;

namespace {

constexpr int side = 64;

/// Two cells, left and right of a membrane that runs down the middle; 4 nm a pixel.
CellMap twoCells()
{
    CellMap map{{}, GreyPlane(side, side), {}};
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            map.cells.push_back(x < side / 2 ? 1 : 2);
            map.membraneDistance.at(x, y) = float(4 * std::abs(x + 0.5 - side / 2.0));
        }
    }
    return map;
}

GreyPlane plainSection(const CellMap& map)
{
    GreyPlane grey(side, side, 150);
    for (size_t i = 0; i < grey.values.size(); ++i)
        if (map.membraneDistance.values[i] < 9)
            grey.values[i] = 60;
    return grey;
}

} // namespace

class SectionLookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cellsChangeAndMembranesStay()
    {
        const CellMap map = twoCells();
        const GreyPlane before = plainSection(map);
        int changed = 0;
        for (quint64 seed = 0; seed < 40; ++seed) {
            Random random(seed);
            GreyPlane grey = before;
            varyCells(grey, map, random);
            changed += grey.values != before.values;
            for (size_t i = 0; i < grey.values.size(); ++i) {
                QVERIFY(std::isfinite(grey.values[i]));
                if (map.membraneDistance.values[i] < 9)
                    QCOMPARE(grey.values[i], before.values[i]);
            }
        }
        QVERIFY(changed > 3);
        QVERIFY(changed < 37); // many sections have none of it
    }

    void mitochondriaChangeAndTheRestStays()
    {
        CellMap map = twoCells();
        map.mitochondriaDepth = GreyPlane(side, side);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) // a round one in the left cell
                map.mitochondriaDepth.at(x, y) = float(4 * (9 - std::hypot(x - 15, y - 30)));
        const GreyPlane before = plainSection(map);
        int changed = 0;
        for (quint64 seed = 0; seed < 40; ++seed) {
            Random random(seed);
            GreyPlane grey = before;
            varyMitochondria(grey, map, random);
            changed += grey.values != before.values;
            for (size_t i = 0; i < grey.values.size(); ++i) {
                QVERIFY(std::isfinite(grey.values[i]));
                if (map.mitochondriaDepth.values[i] < -8)
                    QCOMPARE(grey.values[i], before.values[i]);
            }
        }
        QVERIFY(changed > 20);
        QVERIFY(changed < 40); // some stay as they are
    }

    void whereNobodyKnowsOfMitochondriaNothingChanges()
    {
        Random random(1);
        GreyPlane grey = plainSection(twoCells());
        varyMitochondria(grey, twoCells(), random);
        QVERIFY(grey.values == plainSection(twoCells()).values);
        QVERIFY(random == Random(1)); // and the same numbers are drawn after it
    }

    void oneSeedGivesOneLook()
    {
        const auto looked = [](quint64 seed) {
            Random random(seed);
            GreyPlane grey = plainSection(twoCells());
            varyCells(grey, twoCells(), random);
            varyLook(grey, random);
            return normalised(grey);
        };
        QVERIFY(looked(1) == looked(1));
        QVERIFY(looked(1) != looked(2));
    }
};

QTEST_GUILESS_MAIN(SectionLookTest)
#include "SectionLookTest.moc"
