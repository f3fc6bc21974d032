// SPDX-License-Identifier: Apache-2.0
#include "models/cells/SectionPieces.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace emend;

namespace {

constexpr int side = 64;
constexpr int middle = 32;

/// Two cells with a membrane three pixels wide between them, which is open from y = from to to.
std::vector<float> twoCells(int from, int to)
{
    std::vector<float> membrane(side * side, 0.05F);
    for (int y = 0; y < side; ++y)
        for (int x = middle - 1; x <= middle + 1; ++x)
            membrane[size_t(y * side + x)] = y >= from && y < to ? 0.1F : 0.95F;
    return membrane;
}

/// Whether a way of pixels below 0.5 that are no border leads from the left edge to the right.
bool areJoined(const std::vector<float>& membrane, const std::vector<quint8>& isBorder)
{
    std::vector<bool> isReached(membrane.size());
    std::vector<int> front = {0};
    while (!front.empty()) {
        const int pixel = front.back();
        front.pop_back();
        const int x = pixel % side;
        if (isReached[size_t(pixel)] || membrane[size_t(pixel)] > 0.5F || isBorder[size_t(pixel)])
            continue;
        if (x == side - 1)
            return true;
        isReached[size_t(pixel)] = true;
        front.push_back(pixel + 1);
        if (x > 0)
            front.push_back(pixel - 1);
        if (pixel >= side)
            front.push_back(pixel - side);
        if (pixel + side < side * side)
            front.push_back(pixel + side);
    }
    return false;
}

constexpr double pixelNm = 4;

GreyPlane planeOf(const std::vector<float>& membrane, int width)
{
    GreyPlane plane(width, int(membrane.size()) / width);
    plane.values = membrane;
    return plane;
}

/// Of a section alone.
std::vector<quint8> bordersIn(const std::vector<float>& membrane, int width)
{
    const GreyPlane plane = planeOf(membrane, width);
    return SectionPieces(plane).borders(plane, {}, pixelNm).isBorder;
}

} // namespace

/// Gaps in predicted membranes, in sections that stand alone and in those that do not.
class SectionPiecesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aGapIsClosed()
    {
        const std::vector<float> membrane = twoCells(30, 36);
        QVERIFY(areJoined(membrane, std::vector<quint8>(membrane.size())));
        const std::vector<quint8> isBorder = bordersIn(membrane, side);
        QVERIFY(!areJoined(membrane, isBorder));
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                QVERIFY(isBorder[size_t(y * side + x)] == 0 || std::abs(x - middle) < 4);
    }

    void aClosedGapIsAsWideAsTheFaintMembraneInIt()
    {
        // In the gap three pixels are a third as likely, those beside much less.
        std::vector<float> membrane = twoCells(30, 36);
        for (int y = 30; y < 36; ++y)
            for (int x = middle - 1; x <= middle + 1; ++x)
                membrane[size_t(y * side + x)] = 0.3F;
        const std::vector<quint8> isBorder = bordersIn(membrane, side);
        for (int x = 0; x < side; ++x)
            QCOMPARE(int(isBorder[size_t(33 * side + x)]), int(std::abs(x - middle) < 2));
    }

    void aClosedGapIsNoWiderThanAMembrane()
    {
        // All around the gap it is nearly as likely as in it.
        std::vector<float> membrane = twoCells(30, 36);
        for (int y = 28; y < 38; ++y)
            for (int x = middle - 10; x <= middle + 10; ++x)
                membrane[size_t(y * side + x)] =
                    std::max(membrane[size_t(y * side + x)], x == middle ? 0.3F : 0.25F);
        const std::vector<quint8> isBorder = bordersIn(membrane, side);
        const auto row = isBorder.begin() + ptrdiff_t(33) * side;
        QCOMPARE(std::count(row, row + side, 1), 5);
    }

    void anOpeningStaysOpen()
    {
        const std::vector<quint8> isBorder = bordersIn(twoCells(10, 54), side);
        QCOMPARE(std::count(isBorder.begin(), isBorder.end(), 1), 0);
    }

    void whatIsNoBorderStaysAsItIs_data()
    {
        QTest::addColumn<float>("everywhere");
        QTest::newRow("inside") << 0.0F;
        QTest::newRow("doubtful") << 0.5F;
        QTest::newRow("membrane") << 1.0F;
    }

    void whatIsNoBorderStaysAsItIs()
    {
        QFETCH(float, everywhere);
        std::vector<float> membrane(side * side, everywhere);
        membrane[100] = everywhere < 1 ? everywhere + 0.01F : 0.99F; // a shallow basin is none
        const std::vector<quint8> isBorder = bordersIn(membrane, side);
        QCOMPARE(std::count(isBorder.begin(), isBorder.end(), 1), 0);
    }

    void membraneWinsByLittleInTheGapAndNothingElseChanges()
    {
        const std::vector<float> membrane = twoCells(30, 36);
        const std::vector<quint8> isBorder = bordersIn(membrane, side);
        ProbabilityMap map{side, side, 3, std::vector<float>(3 * membrane.size())};
        for (size_t i = 0; i < membrane.size(); ++i) {
            map.plane(2)[i] = membrane[i];
            map.plane(1)[i] = (1 - map.plane(2)[i]) / 4;
            map.plane(3)[i] = 3 * map.plane(1)[i];
        }
        const ProbabilityMap before = map;
        SquareGrid stakes(side, side);
        stakes.add({17, 40}, 5);
        closeMembranes(map, 2, {isBorder, stakes});
        QCOMPARE(map.stakes, stakes);
        int changed = 0;
        const std::vector<quint8> winners = map.winners();
        for (size_t i = 0; i < membrane.size(); ++i) {
            const float sum = map.plane(1)[i] + map.plane(2)[i] + map.plane(3)[i];
            QVERIFY(std::abs(sum - 1) < 1e-6F);
            QVERIFY(std::abs(map.plane(3)[i] - 3 * map.plane(1)[i]) < 1e-6F);
            if (map.plane(2)[i] == before.plane(2)[i])
                continue;
            ++changed;
            QVERIFY(isBorder[i] == 1 && before.plane(2)[i] < 0.52F);
            QVERIFY(winners[i] == 2 && map.plane(2)[i] < 0.53F);
        }
        QVERIFY(changed >= 6);
    }

    void whatHangsOnABorderLiesWhereItIs()
    {
        // In squares of 16 pixels: the border is in the second and the third column of four.
        const GreyPlane plane = planeOf(twoCells(20, 44), side);
        const SquareGrid stakes = SectionPieces(plane).borders(plane, {}, pixelNm).stakes;
        QCOMPARE(stakes.columns(), 4);
        QCOMPARE(stakes.rows(), 4);
        for (int row = 0; row < 4; ++row) {
            QVERIFY(stakes.at(1, row) + stakes.at(2, row) > 0);
            QCOMPARE(stakes.at(0, row), 0.0F);
            QCOMPARE(stakes.at(3, row), 0.0F);
        }
    }

    void sectionsBesideCount()
    {
        // Four cells; the membrane in the middle is faint here and clear beside.
        std::vector<float> faint(side * side, 0.05F);
        std::vector<float> clear = faint;
        for (size_t i = 0; i < faint.size(); ++i) {
            if (i % 16 == 0 && i % side != 0)
                faint[i] = clear[i] = 0.95F;
            if (i % side == middle)
                faint[i] = 0.4F;
        }
        const GreyPlane plane = planeOf(faint, side);
        const SectionPieces pieces(plane);
        const std::vector<quint8> alone = pieces.borders(plane, {}, pixelNm).isBorder;
        QCOMPARE(std::count(alone.begin(), alone.end(), 1), 2 * side);
        const SectionPieces beside(planeOf(clear, side));
        const std::vector both = {&beside, &beside};
        const std::vector<quint8> known = pieces.borders(plane, both, pixelNm).isBorder;
        QCOMPARE(std::count(known.begin(), known.end(), 1), 3 * side);
    }

    void largeSlicesAreClosedEverywhere()
    {
        // Rows of cells, each two separated by a membrane with a gap, over several areas.
        constexpr int width = 2100;
        constexpr int height = 1100;
        constexpr int period = 50;
        std::vector<float> membrane(size_t(width) * height, 0.05F);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                if (x % period < 3 || y % period < 3)
                    membrane[size_t(y) * width + size_t(x)] = y % period == 25 ? 0.1F : 0.95F;
        const std::vector<quint8> isBorder = bordersIn(membrane, width);
        for (int y = 25; y < height; y += period) {
            for (int x = period; x + 3 < width; x += period) {
                const auto first = isBorder.begin() + ptrdiff_t(y) * width + x;
                QVERIFY2(std::count(first - 1, first + 4, 1) > 0,
                         qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            }
        }
    }

    void sizesMayBeSmallAndUneven()
    {
        QCOMPARE(bordersIn(std::vector<float>(1, 0.5F), 1).size(), size_t(1));
        QCOMPARE(bordersIn(std::vector<float>(7, 0.5F), 7).size(), size_t(7));
    }
};

QTEST_GUILESS_MAIN(SectionPiecesTest)
#include "SectionPiecesTest.moc"
