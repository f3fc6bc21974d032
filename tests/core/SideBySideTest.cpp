// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/SideBySide.h"

#include <QtTest>

#include <stdexcept>

using namespace emend;

/// Work that several threads share.
class SideBySideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachPieceIsDoneOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("mostThreads");
        QTest::newRow("nothing") << 0 << 4;
        QTest::newRow("one piece") << 1 << 4;
        QTest::newRow("one thread") << 7 << 1;
        QTest::newRow("many pieces") << 1000 << 8;
    }

    void eachPieceIsDoneOnce()
    {
        QFETCH(int, count);
        QFETCH(int, mostThreads);
        std::vector<std::atomic<int>> times(static_cast<size_t>(count));
        sideBySide(count, mostThreads, [&](int i) { ++times[size_t(i)]; });
        for (const auto& time : times)
            QCOMPARE(time.load(), 1);
    }

    void noMoreThreadsWorkThanAsked()
    {
        std::atomic<int> working = 0;
        std::atomic<int> most = 0;
        sideBySide(8, 2, [&](int) {
            const int now = ++working;
            int before = most;
            while (before < now && !most.compare_exchange_weak(before, now)) {
            }
            QThread::msleep(5);
            --working;
        });
        QVERIFY(most >= 1 && most <= 2);
        QCOMPARE(working.load(), 0);
    }

    void whatIsThrownReachesTheCaller_data()
    {
        QTest::addColumn<int>("broken");
        QTest::newRow("the first piece") << 0;
        QTest::newRow("one in the middle") << 50;
        QTest::newRow("the last piece") << 99;
    }

    void whatIsThrownReachesTheCaller()
    {
        QFETCH(int, broken);
        std::atomic<int> working = 0;
        const auto work = [&](int i) {
            if (i == broken)
                throw std::runtime_error("broken");
            ++working;
            QThread::usleep(100);
            --working;
        };
        QVERIFY_EXCEPTION_THROWN(sideBySide(100, 4, work), std::runtime_error);
        QCOMPARE(working.load(), 0); // nobody works on
    }
};

QTEST_GUILESS_MAIN(SideBySideTest)
#include "SideBySideTest.moc"
