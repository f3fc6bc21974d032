// SPDX-License-Identifier: Apache-2.0
#include "models/cells/CellPieces.h"

#include "models/cells/BorderJudge.h"
#include "models/cells/Watershed.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

constexpr int side = 64;
constexpr int middle = 32;
constexpr double pixelNm = 4;

/// Cells of so many pixels from left to right, with a membrane of that probability between them.
GreyPlane cells(int width, float membrane)
{
    GreyPlane plane(side, side, 0.05F);
    for (int y = 0; y < side; ++y)
        for (int x = width; x < side; x += width)
            plane.at(x, y) = membrane;
    return plane;
}

qint64 borderPixels(const GreyPlane& section, const std::vector<CellPieces>& beside,
                    double nm = pixelNm)
{
    std::vector<const CellPieces*> pointers;
    for (const CellPieces& pieces : beside)
        pointers.push_back(&pieces);
    const auto borders = CellPieces(section).borders(section, pointers, nm);
    return std::count(borders.begin(), borders.end(), 1);
}

/// So faint that the section alone hardly tells.
const GreyPlane faint = cells(middle, 0.35F);

} // namespace

/// Which borders between pieces of a section are membranes.
class CellPiecesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aBasinIsAsDeepAsItsRim()
    {
        GreyPlane heights(9, 1, 0);
        heights.at(3, 0) = 0.5F;  // between two
        heights.at(6, 0) = 0.01F; // too shallow to be one
        const Basins basins = basinsOf(heights);
        QCOMPARE(basins.count, 2);
        QVERIFY(basins.of[0] != basins.of[8]);
        QCOMPARE(basins.of[5], basins.of[8]);
    }

    void whatIsMoreLikelyAMembrane()
    {
        const BorderLook look{0.4, 50, 1000, 0.4};
        const double usual = probabilityOfMembrane(look);
        QVERIFY(usual > 0 && usual < 1);
        QVERIFY(probabilityOfMembrane({0.5, 50, 1000, 0.4}) > usual); // darker
        QVERIFY(probabilityOfMembrane({0.4, 80, 1000, 0.4}) > usual); // longer
        QVERIFY(probabilityOfMembrane({0.4, 50, 3000, 0.4}) > usual); // between larger pieces
        QVERIFY(probabilityOfMembrane({0.4, 50, 1000, 0.1}) > usual); // two cells beside
    }

    void aFaintMembraneIsOneWhereTheSectionsBesideShowTwoCells()
    {
        const CellPieces two(cells(middle, 0.95F));
        QCOMPARE(borderPixels(faint, {two, two}), side);
        QCOMPARE(borderPixels(faint, {two}), side);
    }

    void aFaintMembraneIsNoneWhereTheSectionsBesideShowOneCell()
    {
        const CellPieces one(GreyPlane(side, side, 0.05F));
        QCOMPARE(borderPixels(faint, {one, one}), 0);
        QCOMPARE(borderPixels(faint, {one}), 0);
    }

    void aClearMembraneIsOneWhateverIsBeside()
    {
        const CellPieces one(GreyPlane(side, side, 0.05F));
        QCOMPARE(borderPixels(cells(middle, 0.95F), {one, one}), side);
    }

    void sectionsThatDoNotLieOverThisOneDoNotCount()
    {
        // Each cell lies over eight others, as where sections are not aligned.
        const CellPieces other(cells(4, 0.95F));
        const CellPieces one(GreyPlane(side, side, 0.05F));
        QCOMPARE(borderPixels(faint, {other}), borderPixels(faint, {}));
        QCOMPARE(borderPixels(faint, {one}), 0); // so that counting makes a difference
        QCOMPARE(borderPixels(faint, {}), side);
    }

    void aBorderCountsByItsLengthNotByItsPixels()
    {
        const CellPieces one(GreyPlane(side, side, 0.05F));
        QCOMPARE(borderPixels(faint, {one, one}, 10 * pixelNm), side);
    }

    void aSectionMayBeOnePixelOrOneCell()
    {
        QCOMPARE(borderPixels(GreyPlane(1, 1, 0.5F), {}), 0);
        QCOMPARE(borderPixels(GreyPlane(side, side, 0.5F), {}), 0);
    }
};

QTEST_GUILESS_MAIN(CellPiecesTest)
#include "CellPiecesTest.moc"
