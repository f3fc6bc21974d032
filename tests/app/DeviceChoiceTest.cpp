// SPDX-License-Identifier: Apache-2.0
#include "app/session/DeviceChoice.h"

#include <QTest>

#include <atomic>

using namespace emend;

class DeviceChoiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theBestIsFoundAndSaid()
    {
        std::atomic<int> said = 0;
        const DeviceChoice choice([&said] { ++said; });
        QVERIFY(choice.get() == ComputeDevice::best());
        QCOMPARE(said.load(), 1);
        QVERIFY(choice.isKnown());
    }

    void whatWasSetIsKnownAtOnceAndStays()
    {
        std::atomic<bool> mayEnd = false;
        DeviceChoice choice([&mayEnd] { mayEnd.wait(false); });
        QVERIFY(!choice.isKnown());
        choice.set(ComputeDevice::cpu());
        QVERIFY(choice.isKnown());
        QVERIFY(choice.get() == ComputeDevice::cpu());
        mayEnd = true;
        mayEnd.notify_all();
    }
};

QTEST_GUILESS_MAIN(DeviceChoiceTest)
#include "DeviceChoiceTest.moc"
