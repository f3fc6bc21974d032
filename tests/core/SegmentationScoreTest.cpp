// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/SegmentationScore.h"

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
};

QTEST_GUILESS_MAIN(SegmentationScoreTest)
#include "SegmentationScoreTest.moc"
