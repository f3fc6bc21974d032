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

/// What comes of forty sections.
struct Varied
{
    int changed = 0;    ///< sections
    bool isKept = true; ///< where nothing may change
    bool isFinite = true;

    /// vary: changes a plane; stays: whether a pixel must not change.
    template <class Vary, class Stays>
    Varied(const GreyPlane& before, Vary vary, Stays stays)
    {
        for (quint64 seed = 0; seed < 40; ++seed) {
            Random random(seed);
            GreyPlane grey = before;
            vary(grey, random);
            changed += grey.values != before.values;
            for (size_t i = 0; i < grey.values.size(); ++i) {
                isFinite &= std::isfinite(grey.values[i]);
                isKept &= !stays(i) || grey.values[i] == before.values[i];
            }
        }
    }
};

} // namespace

class SectionLookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void cellsChangeAndMembranesStay()
    {
        const CellMap map = twoCells();
        const Varied varied(
            plainSection(map),
            [&](GreyPlane& grey, Random& random) { varyCells(grey, map, random); },
            [&](size_t i) { return map.membraneDistance.values[i] < 9; });
        QVERIFY(varied.isKept && varied.isFinite);
        QVERIFY(varied.changed > 3);
        QVERIFY(varied.changed < 37); // many sections have none of it
    }

    void mitochondriaChangeAndTheRestStays()
    {
        CellMap map = twoCells();
        map.mitochondriaDepth = GreyPlane(side, side);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) // a round one in the left cell
                map.mitochondriaDepth.at(x, y) = float(4 * (9 - std::hypot(x - 15, y - 30)));
        const Varied varied(
            plainSection(map),
            [&](GreyPlane& grey, Random& random) { varyMitochondria(grey, map, random); },
            [&](size_t i) { return map.mitochondriaDepth.values[i] < -8; });
        QVERIFY(varied.isKept && varied.isFinite);
        QVERIFY(varied.changed > 20);
        QVERIFY(varied.changed < 40); // some stay as they are
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
