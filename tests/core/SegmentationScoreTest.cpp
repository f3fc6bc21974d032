// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/SegmentationScore.h"

#include "core/io/StackReader.h"
#include "tests/support/SharedData.h"

#include <QtTest>

#include <cmath>

using namespace emend;

namespace {

std::vector<int> rows(const std::vector<int>& row, int count)
{
    std::vector<int> pixels;
    for (int y = 0; y < count; ++y)
        pixels.insert(pixels.end(), row.begin(), row.end());
    return pixels;
}

/// 8 x 8, numbered from 1: halves (top, bottom) or quadrants.
std::vector<int> blocks(bool areQuadrants)
{
    std::vector<int> pixels;
    for (int i = 0; i < 64; ++i)
        pixels.push_back(areQuadrants ? 1 + i / 32 * 2 + i % 8 / 4 : 1 + i / 32);
    return pixels;
}

bool isNear(double actual, double expected)
{
    return std::abs(actual - expected) < 1e-6;
}

constexpr int isbiSide = 512;

/// 1 inside of cells, 0 on membranes; empty where the stack is not there.
std::vector<unsigned char> isbiTruth(int slice)
{
    const QString path = sharedData(QStringLiteral("isbi2012/train-labels.tif"));
    if (path.isEmpty())
        return {};
    const GreyImage image = StackReader::open(path)->read(slice, {0, 0, isbiSide, isbiSide});
    std::vector<unsigned char> inside;
    for (const quint16 value : image.pixels)
        inside.push_back(value > 0 ? 1 : 0);
    return inside;
}

/// Membranes dilated by a pixel and its four neighbours; beyond the edge counts as membrane.
std::vector<unsigned char> withWiderMembranes(const std::vector<unsigned char>& inside)
{
    std::vector<unsigned char> out = inside;
    for (int y = 0; y < isbiSide; ++y) {
        for (int x = 0; x < isbiSide; ++x) {
            const auto isMembrane = [&](int atX, int atY) {
                return atX < 0 || atY < 0 || atX >= isbiSide || atY >= isbiSide ||
                       inside[size_t(atY) * isbiSide + size_t(atX)] == 0;
            };
            if (isMembrane(x - 1, y) || isMembrane(x + 1, y) || isMembrane(x, y - 1) ||
                isMembrane(x, y + 1))
                out[size_t(y) * isbiSide + size_t(x)] = 0;
        }
    }
    return out;
}

/// Dice of the same probability of "inside" everywhere.
double guessDice(const std::vector<unsigned char>& inside, float probability)
{
    const std::vector<float> membranes(inside.size(), 1 - probability);
    const std::vector<float> insides(inside.size(), probability);
    const std::vector<std::span<const float>> planes{membranes, insides};
    std::vector<unsigned char> truth;
    for (const unsigned char is : inside)
        truth.push_back(is ? 2 : 1);
    return softDice(planes, truth);
}

} // namespace

class SegmentationScoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void overlapMatchesTheGoldenVectors_data()
    {
        QTest::addColumn<std::vector<int>>("truth");
        QTest::addColumn<std::vector<int>>("proposal");
        QTest::addColumn<std::vector<double>>("expected");
        const auto truth = rows({1, 1, 0, 2, 2}, 4);
        using Scores = std::vector<double>; // Rand, merge, split; information, merge, split
        QTest::newRow("equal") << truth << rows({1, 1, 1, 2, 2}, 4) << Scores{1, 1, 1, 1, 1, 1};
        QTest::newRow("one object")
            << truth << rows({1, 1, 1, 1, 1}, 4) << Scores{2.0 / 3, 0.5, 1, 0, 1, 0};
        QTest::newRow("split") << truth << rows({1, 3, 0, 2, 2}, 4)
                               << Scores{6.0 / 7, 1, 0.75, 0.8, 1, 2.0 / 3};
        QTest::newRow("dams") << truth << rows({1, 1, 0, 0, 2}, 4)
                              << Scores{42.0 / 53, 1, 0.65625, 2.0 / 3, 1, 0.5};
        QTest::newRow("split and merged") << truth << rows({1, 3, 3, 3, 2}, 4)
                                          << Scores{4.0 / 7, 2.0 / 3, 0.5, 0.4, 0.5, 1.0 / 3};
        QTest::newRow("merged") << blocks(true) << blocks(false)
                                << Scores{2.0 / 3, 0.5, 1, 2.0 / 3, 0.5, 1};
        QTest::newRow("halved") << blocks(false) << blocks(true)
                                << Scores{2.0 / 3, 1, 0.5, 2.0 / 3, 1, 0.5};
    }

    void overlapMatchesTheGoldenVectors()
    {
        QFETCH(std::vector<int>, truth);
        QFETCH(std::vector<int>, proposal);
        QFETCH(std::vector<double>, expected);
        const OverlapScore score = overlapScore(truth, proposal);
        QVERIFY(isNear(score.vRand, expected[0]));
        QVERIFY(isNear(score.randMerge, expected[1]));
        QVERIFY(isNear(score.randSplit, expected[2]));
        QVERIFY(isNear(score.vInfo, expected[3]));
        QVERIFY(isNear(score.infoMerge, expected[4]));
        QVERIFY(isNear(score.infoSplit, expected[5]));
    }

    void diagonalPixelsAreTwoObjects()
    {
        const std::vector<unsigned char> foreground{1, 0, 0, 1};
        QCOMPARE(labelComponents(foreground, 2, 2), (std::vector<int>{1, 0, 0, 2}));
    }

    void objectsGrowUntilTheyMeetAtADam()
    {
        const std::vector<unsigned char> inside{1, 0, 0, 0, 1};
        QCOMPARE(thinnedObjects(inside, 5, 1), (std::vector<int>{1, 1, 0, 2, 2}));
    }

    void nothingInsideIsOneBasin()
    {
        const std::vector<unsigned char> inside(4, 0);
        QCOMPARE(thinnedObjects(inside, 2, 2), std::vector<int>(4, 1));
    }

    void uncountedPixelsChangeNeitherDiceNorPixelError()
    {
        const std::vector<float> first{1, 0, 0.25F};
        const std::vector<float> second{0, 1, 0.75F};
        const std::vector<std::span<const float>> planes{first, second};
        const std::vector<unsigned char> truth{1, 2, 0};
        QVERIFY(isNear(softDice(planes, truth), 1));
        QCOMPARE(pixelError(std::vector<unsigned char>{1, 1, 1}, truth), 0.5);
    }

    void diceHasSquaredDenominators()
    {
        const std::vector<float> half(4, 0.5F);
        const std::vector<std::span<const float>> planes{half, half};
        // Each class: 2 * 0.5 * 2 / (4 * 0.25 + 2).
        QVERIFY(isNear(softDice(planes, std::vector<unsigned char>{1, 1, 2, 2}), 2.0 / 3));
    }

    void aSliceOfMembraneOnlyIsNotCounted()
    {
        StackScorer scorer;
        scorer.addSlice(std::vector<float>(4, 1), std::vector<unsigned char>(4, 0), 2, 2);
        QCOMPARE(scorer.sliceCount(), 0);
        QCOMPARE(scorer.score().vRand, 0.0);
    }

    void realMembranesDrawnWiderLoseALittle_data()
    {
        QTest::addColumn<int>("slice");
        QTest::addColumn<int>("times");
        QTest::addColumn<double>("vRand");
        QTest::addColumn<double>("vInfo");
        QTest::newRow("slice 0 itself") << 0 << 0 << 1.0 << 1.0;
        QTest::newRow("slice 0, once") << 0 << 1 << 0.99850 << 0.99821;
        QTest::newRow("slice 0, twice") << 0 << 2 << 0.99648 << 0.99607;
        QTest::newRow("slice 9, once") << 9 << 1 << 0.99939 << 0.99834;
        QTest::newRow("slice 9, twice") << 9 << 2 << 0.99805 << 0.99616;
        QTest::newRow("slice 20, once") << 20 << 1 << 0.99985 << 0.99898;
        QTest::newRow("slice 20, twice") << 20 << 2 << 0.99957 << 0.99734;
    }

    // Figures worked out independently on the labels of the ISBI 2012 challenge. Which of two
    // objects a dam goes to is a matter of order, which moves the fifth digit.
    void realMembranesDrawnWiderLoseALittle()
    {
        QFETCH(int, slice);
        QFETCH(int, times);
        QFETCH(double, vRand);
        QFETCH(double, vInfo);
        const std::vector<unsigned char> truth = isbiTruth(slice);
        if (truth.empty())
            QSKIP("the ISBI 2012 stack is not here");
        std::vector<unsigned char> thinner = truth;
        for (int i = 0; i < times; ++i)
            thinner = withWiderMembranes(thinner);
        const std::vector<int> objects = labelComponents(truth, isbiSide, isbiSide);
        const OverlapScore score =
            overlapScore(objects, thinnedObjects(thinner, isbiSide, isbiSide));
        QVERIFY2(std::abs(score.vRand - vRand) < 1e-4,
                 qPrintable(QString::number(score.vRand, 'f', 6)));
        QVERIFY2(std::abs(score.vInfo - vInfo) < 1e-4,
                 qPrintable(QString::number(score.vInfo, 'f', 6)));
    }

    void guessesScoreWhatTheReferenceSays()
    {
        double prior = 0;
        double allInside = 0;
        for (int slice = 0; slice < 30; ++slice) {
            const std::vector<unsigned char> truth = isbiTruth(slice);
            if (truth.empty())
                QSKIP("the ISBI 2012 stack is not here");
            prior += guessDice(truth, 0.78F) / 30;
            allInside += guessDice(truth, 1) / 30;
        }
        QVERIFY(std::abs(prior - 0.62) < 0.01);
        QVERIFY(std::abs(allInside - 0.44) < 0.01);
    }
};

QTEST_GUILESS_MAIN(SegmentationScoreTest)
#include "SegmentationScoreTest.moc"
