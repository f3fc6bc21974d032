// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/JobRunner.h"

#include "core/jobs/RightOfWay.h"
#include "core/jobs/WorkClock.h"

#include <QSignalSpy>
#include <QThread>
#include <QtTest>

#include <atomic>
#include <chrono>
#include <cmath>
#include <new>
#include <semaphore>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace emend;

namespace {

using Clock = std::chrono::steady_clock;

/// Does what the test says.
class ScriptedJob : public Job
{
public:
    using Script = std::function<void(JobContext&)>;

    explicit ScriptedJob(Script script)
        : m_script(std::move(script))
    {
    }

    QString title() const override { return QStringLiteral("Scripted"); }

    void run(JobContext& job) override { m_script(job); }

private:
    Script m_script;
};

std::shared_ptr<ScriptedJob> scripted(ScriptedJob::Script script)
{
    return std::make_shared<ScriptedJob>(std::move(script));
}

void workUntilCancelled(JobContext& job)
{
    for (;;) {
        job.checkCancelled();
        QThread::msleep(1);
    }
}

const auto publishNothing = [](ScriptedJob&) {
};

QString failureOf(ScriptedJob::Script script)
{
    JobRunner runner;
    QSignalSpy failed(&runner, &JobRunner::failed);
    QSignalSpy idle(&runner, &JobRunner::idle);
    bool isPublished = false;
    runner.start<ScriptedJob>(scripted(std::move(script)),
                              [&](ScriptedJob&) { isPublished = true; });
    if (!idle.wait() || isPublished || failed.count() != 1)
        return QStringLiteral("not reported as a failure");
    return failed[0][0].toString();
}

} // namespace

class JobRunnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultIsPublishedOnTheGuiThreadBeforeFinished();
    void jobsRunOnOneOtherThread();
    void computeThreadStepsBehindTheWindow();
    void cancelledJobIsNotPublished();
    void jobThatEndsAfterCancelIsNotPublished();
    void errorArrivesAsItsText();
    void shortMemoryArrivesAsPlainSentence();
    void foreignExceptionsArriveAsPlainSentence();
    void failureWhilePublishingIsReported();
    void runnerIsUsableAfterFailure();
    void closingWhileBusyStopsAndDoesNotPublish();
    void closingAfterTheJobIsDoneDoesNotPublish();
    void secondStartWhileBusyIsRefused();
    void nextJobMayStartFromIdle();
    void resultIsFreedBeforeIdle();
    void lastProgressComesBeforeFinished();
    void thousandsOfReportsBecomeFewSignals();
    void remainingTimeIsNotToldTooEarly();
    void remainingTimeFollowsFromProgress();
    void partsReportTheirShareOfTheWhole();
    void jobWaitsWhileAHandMoves();
    void jobIsNotHeldUpByAHandThatNeverRests();
    void whoIsStoppedDoesNotWait();
    void workIsTimedWithoutWaiting();
};

void JobRunnerTest::resultIsPublishedOnTheGuiThreadBeforeFinished()
{
    JobRunner runner;
    QStringList events;
    connect(&runner, &JobRunner::started, this, [&](const QString& title) { events << title; });
    connect(&runner, &JobRunner::finished, this, [&] { events << QStringLiteral("finished"); });
    connect(&runner, &JobRunner::idle, this, [&] { events << QStringLiteral("idle"); });
    QSignalSpy idle(&runner, &JobRunner::idle);
    auto answer = std::make_shared<int>(0);
    runner.start<ScriptedJob>(scripted([answer](JobContext&) { *answer = 42; }), [&](ScriptedJob&) {
        QCOMPARE(QThread::currentThread(), qApp->thread());
        QVERIFY(runner.isBusy());
        events << QString::number(*answer);
    });
    QVERIFY(runner.isBusy());
    QVERIFY(idle.wait());
    QVERIFY(!runner.isBusy());
    QCOMPARE(events.join(u' '), QStringLiteral("Scripted 42 finished idle"));
}

void JobRunnerTest::jobsRunOnOneOtherThread()
{
    JobRunner runner;
    QSignalSpy idle(&runner, &JobRunner::idle);
    std::vector<std::thread::id> threads;
    for (int i = 0; i < 3; ++i) {
        runner.start<ScriptedJob>(
            scripted([&](JobContext&) { threads.push_back(std::this_thread::get_id()); }),
            publishNothing);
        QVERIFY(idle.wait());
    }
    QCOMPARE(threads.size(), size_t(3));
    QVERIFY(threads[0] != std::this_thread::get_id());
    QVERIFY(threads[0] == threads[1] && threads[1] == threads[2]);
}

void JobRunnerTest::computeThreadStepsBehindTheWindow()
{
    JobRunner runner;
    QSignalSpy idle(&runner, &JobRunner::idle);
    int niceOfJob = 0;
    int niceOfItsThreads = 0;
    runner.start<ScriptedJob>(scripted([&](JobContext&) {
                                  niceOfJob = getpriority(PRIO_PROCESS, id_t(gettid()));
                                  std::thread([&] {
                                      niceOfItsThreads = getpriority(PRIO_PROCESS, id_t(gettid()));
                                  }).join();
                              }),
                              publishNothing);
    QVERIFY(idle.wait());
    const int niceOfGui = getpriority(PRIO_PROCESS, id_t(gettid()));
    QVERIFY(niceOfJob > niceOfGui || niceOfGui >= 10);
    QCOMPARE(niceOfItsThreads, niceOfJob);
}

void JobRunnerTest::cancelledJobIsNotPublished()
{
    JobRunner runner;
    QSignalSpy cancelled(&runner, &JobRunner::cancelled);
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSignalSpy failed(&runner, &JobRunner::failed);
    bool isPublished = false;
    runner.start<ScriptedJob>(scripted(workUntilCancelled),
                              [&](ScriptedJob&) { isPublished = true; });
    runner.cancel();
    QVERIFY(cancelled.wait());
    QVERIFY(!runner.isBusy());
    QVERIFY(!isPublished);
    QCOMPARE(finished.count() + failed.count(), 0);
}

void JobRunnerTest::jobThatEndsAfterCancelIsNotPublished()
{
    JobRunner runner;
    QSignalSpy idle(&runner, &JobRunner::idle);
    QSignalSpy cancelled(&runner, &JobRunner::cancelled);
    std::binary_semaphore mayEnd{0};
    bool isPublished = false;
    runner.start<ScriptedJob>(scripted([&](JobContext&) { mayEnd.acquire(); }),
                              [&](ScriptedJob&) { isPublished = true; });
    runner.cancel();
    mayEnd.release();
    QVERIFY(idle.wait());
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!isPublished);
}

void JobRunnerTest::errorArrivesAsItsText()
{
    const QString text = QStringLiteral("The disk is full. Make room and try again.");
    QCOMPARE(failureOf([&](JobContext&) { throw Error(text); }), text);
}

void JobRunnerTest::shortMemoryArrivesAsPlainSentence()
{
    const QString text = failureOf([](JobContext&) { throw std::bad_alloc(); });
    QVERIFY2(text.contains(QStringLiteral("memory")), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("bad_alloc")), qPrintable(text));
}

void JobRunnerTest::foreignExceptionsArriveAsPlainSentence()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("tensor")));
    const QString known = failureOf([](JobContext&) { throw std::logic_error("tensor 7 x 9"); });
    QVERIFY2(!known.contains(QStringLiteral("tensor")), qPrintable(known));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended")));
    QCOMPARE(failureOf([](JobContext&) { throw 42; }), known);
    QVERIFY2(known.endsWith(u'.'), qPrintable(known));
}

void JobRunnerTest::failureWhilePublishingIsReported()
{
    JobRunner runner;
    QSignalSpy failed(&runner, &JobRunner::failed);
    QSignalSpy finished(&runner, &JobRunner::finished);
    runner.start<ScriptedJob>(scripted([](JobContext&) {}), [](ScriptedJob&) {
        throw Error(QStringLiteral("It does not fit."));
    });
    QVERIFY(failed.wait());
    QCOMPARE(failed[0][0].toString(), QStringLiteral("It does not fit."));
    QCOMPARE(finished.count(), 0);
    QVERIFY(!runner.isBusy());
}

void JobRunnerTest::runnerIsUsableAfterFailure()
{
    JobRunner runner;
    QSignalSpy idle(&runner, &JobRunner::idle);
    QSignalSpy finished(&runner, &JobRunner::finished);
    runner.start<ScriptedJob>(scripted([](JobContext&) { throw Error(QStringLiteral("No.")); }),
                              publishNothing);
    QVERIFY(idle.wait());
    runner.start<ScriptedJob>(scripted([](JobContext&) {}), publishNothing);
    QVERIFY(idle.wait());
    QCOMPARE(finished.count(), 1);
}

void JobRunnerTest::closingWhileBusyStopsAndDoesNotPublish()
{
    bool isPublished = false;
    bool isStopped = false;
    {
        JobRunner runner;
        std::binary_semaphore isRunning{0};
        runner.start<ScriptedJob>(scripted([&](JobContext& job) {
                                      isRunning.release();
                                      while (!job.isCancelled())
                                          QThread::msleep(1);
                                      isStopped = true;
                                  }),
                                  [&](ScriptedJob&) { isPublished = true; });
        isRunning.acquire();
    }
    QVERIFY(isStopped);
    QCoreApplication::processEvents();
    QVERIFY(!isPublished);
}

void JobRunnerTest::closingAfterTheJobIsDoneDoesNotPublish()
{
    bool isPublished = false;
    {
        JobRunner runner;
        std::binary_semaphore isDone{0};
        runner.start<ScriptedJob>(scripted([&](JobContext&) { isDone.release(); }),
                                  [&](ScriptedJob&) { isPublished = true; });
        isDone.acquire(); // its end waits in the event queue now, or soon
    }
    QCoreApplication::processEvents();
    QVERIFY(!isPublished);
}

void JobRunnerTest::secondStartWhileBusyIsRefused()
{
    JobRunner runner;
    QSignalSpy idle(&runner, &JobRunner::idle);
    QSignalSpy started(&runner, &JobRunner::started);
    std::binary_semaphore mayEnd{0};
    QStringList published;
    runner.start<ScriptedJob>(scripted([&](JobContext&) { mayEnd.acquire(); }),
                              [&](ScriptedJob&) { published << QStringLiteral("first"); });
    std::atomic<bool> secondRan = false;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("another job")));
    runner.start<ScriptedJob>(scripted([&](JobContext&) { secondRan = true; }),
                              [&](ScriptedJob&) { published << QStringLiteral("second"); });
    mayEnd.release();
    QVERIFY(idle.wait());
    QCOMPARE(published, QStringList{QStringLiteral("first")});
    QCOMPARE(started.count(), 1);
    QVERIFY(!secondRan);
}

void JobRunnerTest::nextJobMayStartFromIdle()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    connect(
        &runner, &JobRunner::idle, this,
        [&] { runner.start<ScriptedJob>(scripted([](JobContext&) {}), publishNothing); },
        Qt::SingleShotConnection);
    runner.start<ScriptedJob>(scripted([](JobContext&) {}), publishNothing);
    QTRY_COMPARE(finished.count(), 2);
}

void JobRunnerTest::resultIsFreedBeforeIdle()
{
    JobRunner runner;
    std::weak_ptr<ScriptedJob> watched;
    bool isFreed = false;
    QSignalSpy idle(&runner, &JobRunner::idle);
    connect(&runner, &JobRunner::idle, this, [&] { isFreed = watched.expired(); });
    auto job = scripted([](JobContext&) {});
    watched = job;
    runner.start<ScriptedJob>(std::move(job), publishNothing);
    QVERIFY(idle.wait());
    QVERIFY(isFreed);
}

void JobRunnerTest::lastProgressComesBeforeFinished()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSignalSpy progressed(&runner, &JobRunner::progressed);
    int progressedBeforeFinished = -1;
    connect(&runner, &JobRunner::finished, this,
            [&] { progressedBeforeFinished = int(progressed.count()); });
    runner.start<ScriptedJob>(scripted([](JobContext& job) {
                                  for (int i = 0; i <= 10; ++i)
                                      job.report(i / 10.0, QStringLiteral("Step %1").arg(i));
                              }),
                              publishNothing);
    QVERIFY(finished.wait());
    QVERIFY(!progressed.isEmpty());
    QCOMPARE(progressed.last()[0].toDouble(), 1.0);
    QCOMPARE(progressed.last()[1].toString(), QStringLiteral("Step 10"));
    QCOMPARE(progressedBeforeFinished, int(progressed.count()));
}

void JobRunnerTest::thousandsOfReportsBecomeFewSignals()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    QSignalSpy progressed(&runner, &JobRunner::progressed);
    QElapsedTimer clock;
    clock.start();
    runner.start<ScriptedJob>(scripted([](JobContext& job) {
                                  for (int i = 1; i <= 20000; ++i)
                                      job.report(i / 20000.0, QString());
                                  QThread::msleep(120);
                              }),
                              publishNothing);
    QVERIFY(finished.wait());
    // One each 50 ms at most, however slow this machine is, and the one at the end.
    QVERIFY2(progressed.count() <= clock.elapsed() / 50 + 2,
             qPrintable(QString::number(progressed.count())));
    QVERIFY(!progressed.isEmpty());
}

void JobRunnerTest::remainingTimeIsNotToldTooEarly()
{
    using std::chrono::seconds;
    QVERIFY(!remainingSeconds(0, seconds(100)));
    QVERIFY(!remainingSeconds(0.01, seconds(100)));
    QVERIFY(!remainingSeconds(0.5, std::chrono::milliseconds(900)));
    QVERIFY(!remainingSeconds(std::nan(""), seconds(100)));
}

void JobRunnerTest::remainingTimeFollowsFromProgress()
{
    using std::chrono::seconds;
    QCOMPARE(remainingSeconds(0.25, seconds(10)).value(), 30.0);
    QCOMPARE(remainingSeconds(0.5, seconds(20)).value(), 20.0);
    QCOMPARE(remainingSeconds(1, seconds(40)).value(), 0.0);
    QCOMPARE(remainingSeconds(1.5, seconds(40)).value(), 0.0);
}

void JobRunnerTest::partsReportTheirShareOfTheWhole()
{
    std::vector<double> fractions;
    JobContext job({}, [&](double fraction, const QString&) { fractions.push_back(fraction); });
    JobContext second = job.part(0.5, 1);
    second.report(0, {});
    second.part(0.5, 1).report(0.5, {});
    second.report(1, {});
    QCOMPARE(fractions, (std::vector<double>{0.5, 0.875, 1}));
}

void JobRunnerTest::jobWaitsWhileAHandMoves()
{
    JobRunner runner;
    QSignalSpy finished(&runner, &JobRunner::finished);
    std::binary_semaphore hasMoved{0};
    Clock::time_point wentOn;
    runner.start<ScriptedJob>(scripted([&](JobContext& job) {
                                  hasMoved.acquire();
                                  job.part(0, 1).silent().checkCancelled();
                                  wentOn = Clock::now();
                              }),
                              publishNothing);
    const auto moved = Clock::now();
    runner.giveWay();
    hasMoved.release();
    QVERIFY(finished.wait());
    QVERIFY(wentOn - moved >= RightOfWay::moment);
}

void JobRunnerTest::jobIsNotHeldUpByAHandThatNeverRests()
{
    RightOfWay way;
    std::jthread hand([&way](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            way.claim();
            QThread::msleep(5);
        }
    });
    while (way.waitedSeconds() == 0)
        way.wait({}); // the hand would never let it come back
    const double waited = way.waitedSeconds();
    const auto turnsEnd = Clock::now() + RightOfWay::turn;
    way.wait({});
    if (Clock::now() < turnsEnd) // else this thread slept through its turn
        QCOMPARE(way.waitedSeconds(), waited);
    std::this_thread::sleep_until(turnsEnd);
    hand.request_stop();
    hand.join();
    while (way.waitedSeconds() == waited) { // after its turn it waits again
        way.claim();
        way.wait({});
    }
}

void JobRunnerTest::whoIsStoppedDoesNotWait()
{
    RightOfWay way;
    std::stop_source stop;
    stop.request_stop();
    way.claim();
    way.wait(stop.get_token());
    QCOMPARE(way.waitedSeconds(), 0.0);
}

void JobRunnerTest::workIsTimedWithoutWaiting()
{
    const auto way = std::make_shared<RightOfWay>();
    const JobContext job({}, {}, way);
    const auto begin = Clock::now();
    const WorkClock clock(job);
    while (job.waitedSeconds() < 0.1) {
        way->claim();
        job.checkCancelled();
    }
    const double worked = clock.seconds();
    const std::chrono::duration<double> passed = Clock::now() - begin;
    QVERIFY2(worked <= passed.count() - 0.1, qPrintable(QString::number(worked)));
}

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "JobRunnerTest.moc"
