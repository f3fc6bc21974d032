// SPDX-License-Identifier: Apache-2.0
#include "models/learning/StepPlan.h"

#include <QtTest>

using namespace emend;

namespace {

/// Steps and seconds of learning to the end; secondsOf: how long a step takes.
template <typename SecondsOf>
std::pair<int, double> learned(StepPlan plan, SecondsOf secondsOf)
{
    int done = 0;
    double seconds = 0;
    for (; done < plan.steps(); ++done) {
        const double now = secondsOf(done);
        seconds += now;
        plan.add(now);
    }
    return {done, seconds};
}

} // namespace

class StepPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void asManyStepsAsFitIntoTheTime()
    {
        const auto [steps, seconds] = learned({1000, 50}, [](int) { return 0.25; });
        QCOMPARE(steps, 200);
        QCOMPARE(seconds, 50.0);
    }

    void neverMoreThanAsked()
    {
        QCOMPARE(learned({100, 50}, [](int) { return 0.25; }).first, 100);
        QCOMPARE(learned({100, 50}, [](int) { return 0.0; }).first, 100);
    }

    void neverFewerThanTeachSomething()
    {
        QCOMPARE(learned({1000, 1e-6}, [](int) { return 1.0; }).first, StepPlan::fewestSteps);
        QCOMPARE(learned({30, 1e-6}, [](int) { return 1.0; }).first, 30);
    }

    void withoutATimeAllStepsAreDone()
    {
        QCOMPARE(learned({1000, 0}, [](int) { return 9.0; }).first, 1000);
    }

    void theFirstStepsTellNothing()
    {
        // They take 4 s together, which is all that they cost.
        const auto [steps, seconds] =
            learned({1000, 50}, [](int step) { return step < 2 ? 2.0 : 0.125; });
        QCOMPARE(steps, 2 + 46 * 8);
        QCOMPARE(seconds, 50.0);
    }

    void aBusyBeginningDoesNotMakeLearningShort()
    {
        // At first it looks like 50 steps.
        const auto [steps, seconds] =
            learned({1000, 50}, [](int step) { return step < 20 ? 1.0 : 0.125; });
        QCOMPARE(steps, 20 + 30 * 8);
        QCOMPARE(seconds, 50.0);
    }

    void aBusyEndDoesNotMakeItLong()
    {
        // A pace of 400 steps, until each takes ten times as long. The look after 128 steps sees
        // it.
        const auto [steps, seconds] =
            learned({1000, 50}, [](int step) { return step < 100 ? 0.125 : 1.25; });
        QVERIFY(steps >= 128);
        QVERIFY2(seconds < 100, qPrintable(QString::number(seconds)));
    }

    void theRateHasTimeToComeDown()
    {
        // The time is over when that is noticed, after 64 steps: a fifth of them more.
        const auto [steps, seconds] =
            learned({1000, 50}, [](int step) { return step < 40 ? 0.125 : 10.0; });
        QCOMPARE(steps, 64 + 64 / 5);
    }

    void saysWhenItPlans()
    {
        StepPlan plan(100, 50);
        QList<int> looks;
        for (int done = 0; done < 100; ++done) {
            if (plan.plansNext())
                looks.append(done + 1);
            plan.add(0.1);
        }
        QCOMPARE(looks, QList<int>({2, 8, 16, 32, 64}));
    }
};

QTEST_GUILESS_MAIN(StepPlanTest)
#include "StepPlanTest.moc"
