// SPDX-License-Identifier: Apache-2.0
#include "models/UNetSpec.h"

#include "core/Error.h"

#include <QTest>

using namespace emend;

class UNetSpecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void referenceHasTheKnownNumberOfParameters()
    {
        QCOMPARE(UNetSpec::reference(64).parameterCount(), 34512258);
        QCOMPARE(UNetSpec::reference(32).parameterCount(), 8629954);
        QCOMPARE(UNetSpec::reference(16).parameterCount(), 2158434);
    }

    void standardIsSmallEnoughToShip()
    {
        const qint64 count = UNetSpec::standard(2).parameterCount();
        QVERIFY(count > 1930000 && count < 1950000);
    }

    void referenceMaps572To388()
    {
        const UNetSpec spec = UNetSpec::reference();
        QCOMPARE(spec.outputSize(572), 388);
        QCOMPARE(spec.outputSize(571), 0);
        QCOMPARE(spec.outputSize(140), 0);
    }

    void samePaddingKeepsTheSize()
    {
        const UNetSpec spec = UNetSpec::standard(2);
        QCOMPARE(spec.outputSize(512), 512);
        QCOMPARE(spec.outputSize(520), 0);
    }

    void haloHoldsAllThatAPixelSees()
    {
        QCOMPARE(UNetSpec::standard(2).haloPx(), 96);
        UNetSpec flat = UNetSpec::standard(2);
        flat.depth = 1;
        // Two convolutions at full size, two at half size, two more at full size: 2 + 4 + 2.
        QCOMPARE(flat.haloPx(), 8);
    }

    void jsonBringsEveryNumberBack()
    {
        UNetSpec spec = UNetSpec::reference(8, 5);
        spec.depth = 3;
        spec.inputChannels = 2;
        spec.dropout = 0.25;
        QVERIFY(UNetSpec::fromJson(spec.toJson()) == spec);
        const UNetSpec standard = UNetSpec::standard(3, 32);
        QVERIFY(UNetSpec::fromJson(standard.toJson()) == standard);
    }

    void jsonThatDescribesNoNetworkIsRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("no depth") << "depth" << QJsonValue();
        QTest::newRow("depth 0") << "depth" << QJsonValue(0);
        QTest::newRow("depth 40") << "depth" << QJsonValue(40);
        QTest::newRow("depth as a word") << "depth" << QJsonValue("4");
        QTest::newRow("absurd base") << "baseChannels" << QJsonValue(1 << 20);
        QTest::newRow("base below 0") << "baseChannels" << QJsonValue(-16);
        QTest::newRow("base in fractions") << "baseChannels" << QJsonValue(16.5);
        QTest::newRow("one class") << "classCount" << QJsonValue(1);
        QTest::newRow("64 classes") << "classCount" << QJsonValue(64);
        QTest::newRow("no input") << "inputChannels" << QJsonValue(0);
        QTest::newRow("unknown padding") << "padding" << QJsonValue("reflect");
        QTest::newRow("unknown up-convolution") << "upConvolution" << QJsonValue("bilinear");
        QTest::newRow("unknown initialiser") << "initialiser" << QJsonValue(3);
        QTest::newRow("BatchNorm as a number") << "hasBatchNorm" << QJsonValue(1);
        QTest::newRow("dropout 1") << "dropout" << QJsonValue(1.0);
        QTest::newRow("no dropout") << "dropout" << QJsonValue();
    }

    void jsonThatDescribesNoNetworkIsRefused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject json = UNetSpec::standard(2).toJson();
        json[field] = value;
        QVERIFY_EXCEPTION_THROWN(UNetSpec::fromJson(json), Error);
    }
};

QTEST_GUILESS_MAIN(UNetSpecTest)
#include "UNetSpecTest.moc"
