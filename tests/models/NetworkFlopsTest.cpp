// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/NetworkFlops.h"

#include <QTest>

#include <cmath>

using namespace emend;

/// Against tables that were worked out layer by layer, in 10^9 products of a forward pass.
class NetworkFlopsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void forwardIsThatOfTheTables_data()
    {
        QTest::addColumn<bool>("isPadded");
        QTest::addColumn<int>("kernel");
        QTest::addColumn<int>("base");
        QTest::addColumn<double>("products");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("572, 3 x 3, 64") << false << 3 << 64 << 157.4676 << 0.00006;
        QTest::newRow("572, 3 x 3, 32") << false << 3 << 32 << 39.4185 << 0.00006;
        QTest::newRow("572, 3 x 3, 16") << false << 3 << 16 << 9.8804 << 0.00006;
        QTest::newRow("512, 3 x 3, 64") << true << 3 << 64 << 203.1218 << 0.00006;
        QTest::newRow("512, 3 x 3, 32") << true << 3 << 32 << 50.8266 << 0.00006;
        QTest::newRow("512, 3 x 3, 16") << true << 3 << 16 << 12.7297 << 0.00006;
        QTest::newRow("572, 2 x 2, 64") << false << 2 << 64 << 150.43 << 0.006;
        QTest::newRow("572, 2 x 2, 32") << false << 2 << 32 << 37.66 << 0.006;
        QTest::newRow("572, 2 x 2, 16") << false << 2 << 16 << 9.44 << 0.006;
        QTest::newRow("512, 2 x 2, 64") << true << 2 << 64 << 192.38 << 0.006;
        QTest::newRow("512, 2 x 2, 32") << true << 2 << 32 << 48.14 << 0.006;
        QTest::newRow("512, 2 x 2, 16") << true << 2 << 16 << 12.06 << 0.006;
    }

    void forwardIsThatOfTheTables()
    {
        QFETCH(bool, isPadded);
        QFETCH(int, kernel);
        QFETCH(int, base);
        QFETCH(double, products);
        QFETCH(double, tolerance);
        UNetSpec spec = UNetSpec::reference(base);
        spec.padding = isPadded ? UNetSpec::Padding::same : UNetSpec::Padding::valid;
        spec.upConvolution =
            kernel == 2 ? UNetSpec::UpConvolution::twoByTwo : UNetSpec::UpConvolution::threeByThree;
        const double found = flopsPerImage(spec, isPadded ? 512 : 572) / 2e9;
        QVERIFY2(std::abs(found - products) < tolerance,
                 qPrintable(QString::number(found, 'f', 5)));
    }

    void trainingIsThreeTimesForwardButTheImagesOwnGradient()
    {
        QVERIFY(std::abs(trainingFlopsPerImage(UNetSpec::reference(64), 572) / 1e9 - 944.4) < 0.06);
        QVERIFY(std::abs(trainingFlopsPerImage(UNetSpec::reference(16), 572) / 1e9 - 59.2) < 0.06);
    }

    void moreClassesCostMoreInTheLastLayerOnly()
    {
        const double two = flopsPerImage(UNetSpec::standard(2, 16), 64);
        const double five = flopsPerImage(UNetSpec::standard(5, 16), 64);
        QCOMPARE(five - two, 2.0 * 3 * 16 * 64 * 64);
    }
};

QTEST_GUILESS_MAIN(NetworkFlopsTest)
#include "NetworkFlopsTest.moc"
