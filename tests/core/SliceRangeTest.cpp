// SPDX-License-Identifier: Apache-2.0
#include "core/image/SliceRange.h"

#include "core/Error.h"

#include <QtTest>

using namespace emend;

class SliceRangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void textIsReadInOrderAndEachSliceOnce()
    {
        const SliceRange range = SliceRange::parse(QStringLiteral("18, 0-3,2"), 19);
        QCOMPARE(std::vector<int>(range.begin(), range.end()), (std::vector<int>{0, 1, 2, 3, 18}));
        QCOMPARE(range.toText(), QStringLiteral("0-3,18"));
        QVERIFY(range.contains(18) && !range.contains(4));
    }

    void whatIsNoListIsRefused()
    {
        for (const char* text : {"", "a", "1,", "-1", "3-1", "1-2-3", "19", "0-19", "4294967296"})
            QVERIFY_EXCEPTION_THROWN(SliceRange::parse(QLatin1String(text), 19), Error);
    }
};

QTEST_GUILESS_MAIN(SliceRangeTest)
#include "SliceRangeTest.moc"
