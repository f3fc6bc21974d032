// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CurvePlot.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace emend;

class CurvePlotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void ticksAreRoundAndReachPastTheNumbers_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<double>("step");
        QTest::newRow("scores") << 0.9198 << 0.9631 << 0.01;
        QTest::newRow("close scores") << 0.9598 << 0.9631 << 0.001;
        QTest::newRow("strokes") << 0.0 << 412.0 << 100.0;
        QTest::newRow("from 0 to 1") << 0.0 << 1.0 << 0.2;
    }

    void ticksAreRoundAndReachPastTheNumbers()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(double, step);
        const std::vector<double> ticks = axisTicks(from, to);
        QVERIFY(ticks.size() >= 4 && ticks.size() <= 9);
        QVERIFY(ticks.front() <= from + 1e-9 && ticks.front() > from - step);
        QVERIFY(ticks.back() >= to - 1e-9 && ticks.back() < to + step);
        for (size_t i = 1; i < ticks.size(); ++i)
            QVERIFY(qAbs(ticks[i] - ticks[i - 1] - step) < 1e-9);
    }

    void oneValueAloneStillHasAnAxis()
    {
        QVERIFY(axisTicks(0.5, 0.5).size() >= 2);
        QVERIFY(axisTicks(0, 0).size() >= 2);
    }

    void namesAreEscaped()
    {
        const QByteArray svg =
            curvesToSvg({{QStringLiteral("a < b & c"), {}, {{QStringLiteral("<i>"), {{0, 1}}}}}});
        QXmlStreamReader reader(svg);
        QStringList texts;
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == u"text")
                texts << reader.readElementText();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(texts.contains(QStringLiteral("a < b & c")));
        QVERIFY(texts.contains(QStringLiteral("<i>")));
    }
};

QTEST_GUILESS_MAIN(CurvePlotTest)
#include "CurvePlotTest.moc"
