// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/BorderWeights.h"

#include <QTest>

#include <cmath>

using namespace emend;

namespace {

/// The second part of the weight where the distances to the two nearest cells sum up to this.
double between(double sumPx)
{
    return 10 * std::exp(-sumPx * sumPx / (2 * 5 * 5));
}

bool isNear(float value, double expected)
{
    return std::abs(double(value) - expected) < 1e-5;
}

} // namespace

/// The weights of the U-Net paper's loss against numbers worked out by hand.
class BorderWeightsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theGapBetweenTwoCellsWeighsMore()
    {
        // A cell at 0 to 3, one at 7 to 10, and a border pixel at the end.
        const GreyPlane weights =
            borderWeights({2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 1}, 12, 1, {0.5F, 2});
        for (const int x : {4, 5, 6}) // 1 + 3, 2 + 2 and 3 + 1 pixels
            QVERIFY2(isNear(weights.at(x, 0), 0.5 + between(4)), qPrintable(QString::number(x)));
        QVERIFY(isNear(weights.at(11, 0), 0.5 + between(1 + 8)));
        for (const int x : {0, 3, 7, 10}) // the cells themselves have the weight of their class
            QVERIFY2(isNear(weights.at(x, 0), 2), qPrintable(QString::number(x)));
    }

    void distancesAreEuclidean()
    {
        // Single pixels at two corners of 4 x 5, which touch nothing; asked at (1, 0).
        std::vector<quint8> classes(20, 1);
        classes[0] = 2;
        classes[19] = 2; // (3, 4)
        const GreyPlane weights = borderWeights(classes, 4, 5, {1, 1});
        QVERIFY(isNear(weights.at(1, 0), 1 + between(1 + std::sqrt(4.0 + 16))));
    }

    void cellsThatTouchAtACornerAreTwo()
    {
        const GreyPlane weights = borderWeights({2, 1, 1, 2}, 2, 2, {1, 1});
        QVERIFY(isNear(weights.at(1, 0), 1 + between(2)));
    }

    void classesWithinACellDoNotPartIt()
    {
        const GreyPlane weights = borderWeights({2, 3, 2, 1, 1}, 5, 1, {1, 1, 4});
        QVERIFY(isNear(weights.at(1, 0), 4));
        QVERIFY(isNear(weights.at(3, 0), 1)); // there is one cell only
    }

    void whatIsNotKnownWeighsNothing()
    {
        const GreyPlane weights = borderWeights({2, 0, 1, 2}, 4, 1, {1, 1});
        QCOMPARE(weights.at(1, 0), 0.0F);
        QVERIFY(isNear(weights.at(2, 0), 1 + between(3)));
    }

    void everyClassCountsAsMuch()
    {
        const std::vector<float> weights = balancingWeights({30, 0, 10});
        QVERIFY(isNear(weights[0], 40 / 2.0 / 30));
        QCOMPARE(weights[1], 0.0F);
        QVERIFY(isNear(weights[2], 40 / 2.0 / 10));
    }
};

QTEST_GUILESS_MAIN(BorderWeightsTest)
#include "BorderWeightsTest.moc"
