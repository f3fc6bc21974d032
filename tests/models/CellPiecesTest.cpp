// SPDX-License-Identifier: Apache-2.0
#include "models/cells/CellPieces.h"

#include "models/cells/BorderJudge.h"
#include "models/cells/Watershed.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace emend;

namespace {

constexpr int side = 64;
constexpr int middle = 32;
constexpr double pixelNm = 4;

/// Cells of so many pixels from left to right, with clear membranes between them; the membrane in
/// the middle has a probability of its own.
GreyPlane cells(int width, float inTheMiddle = 0.95F)
{
    GreyPlane plane(side, side, 0.05F);
    for (int y = 0; y < side; ++y)
        for (int x = width; x < side; x += width)
            plane.at(x, y) = x == middle ? inTheMiddle : 0.95F;
    return plane;
}

qint64 borderPixels(const GreyPlane& section, const std::vector<CellPieces>& beside,
                    double nm = pixelNm, double decidedShare = 0)
{
    std::vector<CellPieces::Beside> sections;
    for (const CellPieces& pieces : beside)
        sections.push_back({&pieces, decidedShare});
    const auto isBorder = CellPieces(section).borders(section, sections, nm).isBorder;
    return std::count(isBorder.begin(), isBorder.end(), 1);
}

double stakeOf(const GreyPlane& section)
{
    const std::vector<float> stakes = CellPieces(section).borders(section, {}, pixelNm).stakes;
    return std::accumulate(stakes.begin(), stakes.end(), 0.0);
}

constexpr int width = 16;
constexpr qint64 clearOnes = 2 * side; // pixels of the membranes beside the one in the middle
const GreyPlane faint = cells(width, 0.4F);
const GreyPlane open = cells(width, 0.05F);

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
        const BorderLook look{0.5, 0.4, 50, 1000, 0.4};
        const double usual = probabilityOfMembrane(look);
        QVERIFY(usual > 0 && usual < 1);
        QVERIFY(probabilityOfMembrane({0.6, 0.4, 50, 1000, 0.4}) > usual); // darker
        QVERIFY(probabilityOfMembrane({0.5, 0.5, 50, 1000, 0.4}) > usual); // no gap
        QVERIFY(probabilityOfMembrane({0.5, 0.4, 80, 1000, 0.4}) > usual); // longer
        QVERIFY(probabilityOfMembrane({0.5, 0.4, 50, 3000, 0.4}) > usual); // between larger pieces
        QVERIFY(probabilityOfMembrane({0.5, 0.4, 50, 1000, 0.1}) > usual); // two cells beside
    }

    void cellsBesideCountForMoreTheMoreOfThemPeopleDecided()
    {
        const auto probability = [](double same, double decided) {
            return probabilityOfMembrane({0.5, 0.4, 50, 1000, same, decided});
        };
        double weightBefore = 0;
        for (const double decided : {0.0, 0.5, 1.0}) {
            const double weight = probability(0.1, decided) - probability(0.9, decided);
            QVERIFY(weight > weightBefore);
            weightBefore = weight;
        }
    }

    void aFaintMembraneIsOneWhereTheSectionsBesideShowTwoCells()
    {
        const CellPieces two(cells(width));
        QCOMPARE(borderPixels(faint, {}), clearOnes);
        QCOMPARE(borderPixels(faint, {two, two}), clearOnes + side);
        QCOMPARE(borderPixels(faint, {two}), clearOnes + side);
    }

    void aMembraneIsNoneWhereTheSectionsBesideShowOneCell()
    {
        const GreyPlane fainter = cells(width, 0.5F);
        const CellPieces one(open);
        QCOMPARE(borderPixels(fainter, {}), clearOnes + side);
        QCOMPARE(borderPixels(fainter, {one, one}), clearOnes);
        QCOMPARE(borderPixels(fainter, {one}), clearOnes);
    }

    void whereTheCellsBesideAreDecidedEvenAVeryFaintMembraneIsOne()
    {
        const GreyPlane veryFaint = cells(width, 0.2F);
        const CellPieces two(cells(width));
        QCOMPARE(borderPixels(veryFaint, {two, two}), clearOnes);
        QCOMPARE(borderPixels(veryFaint, {two, two}, pixelNm, 1), clearOnes + side);
    }

    void decidedSectionsThatDoNotLieOverThisOneDoNotCountEither()
    {
        const CellPieces other(cells(4));
        QCOMPARE(borderPixels(faint, {other}, pixelNm, 1), borderPixels(faint, {}));
    }

    void aClearMembraneIsOneWhateverIsBeside()
    {
        const CellPieces one(open);
        QCOMPARE(borderPixels(cells(width), {one, one}), clearOnes + side);
    }

    void sectionsThatDoNotLieOverThisOneDoNotCount()
    {
        // Each cell lies over four others, as where sections are not aligned: none is the same.
        const CellPieces other(cells(4));
        QCOMPARE(borderPixels(faint, {other}), borderPixels(faint, {}));
    }

    void aBorderCountsByItsLengthNotByItsPixels()
    {
        QCOMPARE(borderPixels(faint, {}, 10 * pixelNm), clearOnes + side);
    }

    void whatHangsOnABorderIsHowLikelyItIsWrongTimesWhatItDivides()
    {
        // Two cells of half of the section each, with a membrane that is one or none.
        constexpr double half = side * side / 2.0;
        for (const float probability : {0.375F, 0.475F, 0.575F}) {
            const double one =
                probabilityOfMembrane({probability, probability, side, half, sameBesideUnknown, 0});
            const bool isCut = one > 0.5;
            const double expected =
                (isCut ? 1 - one : one) * half * half / (isCut ? half : 2 * half);
            const double found = stakeOf(cells(middle, probability));
            QVERIFY2(std::abs(found / expected - 1) < 0.1, qPrintable(QString::number(found)));
        }
    }

    void lessHangsOnAClearMembraneAndOnThatOfSmallCells()
    {
        const double large = stakeOf(cells(middle, 0.475F));
        QVERIFY(stakeOf(cells(middle, 0.95F)) < large / 4);
        const double small = stakeOf(faint) - stakeOf(cells(width, 0.95F));
        QVERIFY(small < large * 0.75);
    }

    void aSectionMayBeOnePixelOrOneCell()
    {
        QCOMPARE(borderPixels(GreyPlane(1, 1, 0.5F), {}), 0);
        QCOMPARE(borderPixels(GreyPlane(side, side, 0.5F), {}), 0);
        QCOMPARE(stakeOf(GreyPlane(side, side, 0.5F)), 0.0);
    }
};

QTEST_GUILESS_MAIN(CellPiecesTest)
#include "CellPiecesTest.moc"
