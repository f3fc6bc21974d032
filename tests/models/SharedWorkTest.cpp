// SPDX-License-Identifier: Apache-2.0
#include "models/torch/SharedWork.h"

#include <QDeadlineTimer>
#include <QThread>
#include <QtTest>

#include <stdexcept>
#include <vector>

using namespace emend;

class SharedWorkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { at::set_num_threads(2); }

    void eachPieceIsDoneOnce_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("threads");
        for (const int count : {0, 1, 2, 3, 7, 1000})
            for (const int threads : {1, 2, 5})
                QTest::addRow("%d on %d", count, threads) << count << threads;
    }

    void eachPieceIsDoneOnce()
    {
        QFETCH(int, count);
        QFETCH(int, threads);
        at::set_num_threads(threads);
        std::vector<std::atomic<int>> times(size_t(count) + 1);
        shareWork(count, [&times](int64_t first, int64_t end) {
            for (int64_t i = first; i < end; ++i)
                ++times[size_t(i)];
        });
        for (int i = 0; i < count; ++i)
            QCOMPARE(times[size_t(i)].load(), 1);
        QCOMPARE(times[size_t(count)].load(), 0);
    }

    void whoIsHeldUpLeavesTheRestToOthers()
    {
        constexpr int64_t count = 100;
        std::atomic<int64_t> done = 0;
        std::atomic<bool> isRestDone = false;
        shareWork(count, [&](int64_t first, int64_t end) {
            const QDeadlineTimer longEnough(20'000);
            while (first == 0 && done < count - end && !longEnough.hasExpired())
                QThread::msleep(1);
            if (first == 0)
                isRestDone = done == count - end;
            done += end - first;
        });
        QVERIFY(isRestDone);
        QCOMPARE(done.load(), count);
    }

    void whatIsThrownComesOut()
    {
        const auto refuse = [](int64_t first, int64_t) {
            if (first > 0)
                throw std::bad_alloc();
        };
        QVERIFY_EXCEPTION_THROWN(shareWork(100, refuse), std::bad_alloc);
    }
};

QTEST_GUILESS_MAIN(SharedWorkTest)
#include "SharedWorkTest.moc"
