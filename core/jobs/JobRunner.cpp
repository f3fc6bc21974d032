// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/JobRunner.h"

#include "core/jobs/RightOfWay.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <new>
#include <thread>

#ifdef Q_OS_LINUX
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace emend {

Q_LOGGING_CATEGORY(logJobs, "emend.jobs")

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds progressInterval{50};

struct Progress
{
    double fraction = 0;
    QString stage;
    std::chrono::duration<double> elapsed{};
};

/// Linux counts niceness by thread, and the threads that this one makes begin with its own: those
/// of LibTorch and OpenMP too.
void stepBehindTheWindow()
{
#ifdef Q_OS_LINUX
    pthread_setname_np(pthread_self(), "emend-compute");
    setpriority(PRIO_PROCESS, id_t(gettid()), 10);
#endif
}

} // namespace

/// How a job ended.
struct JobRunner::Outcome
{
    enum class Kind { done, cancelled, failed };

    Kind kind = Kind::done;
    QString text; ///< why it failed

    static Outcome failure(const QString& text) { return {Kind::failed, text}; }

    /// Runs work; whatever it throws becomes a sentence.
    template <class Work>
    static Outcome of(Work work)
    {
        try {
            work();
            return {};
        } catch (const Cancelled&) {
            return {Kind::cancelled, {}};
        } catch (const Error& error) {
            return failure(error.text());
        } catch (const std::bad_alloc&) {
            return failure(tr("There is not enough memory for this. Close other programs, or "
                              "choose fewer slices, and try again."));
        } catch (const std::exception& exception) {
            qCWarning(logJobs) << "A job ended with" << exception.what();
        } catch (...) {
            qCWarning(logJobs) << "A job ended with an exception that is none of the standard's";
        }
        return failure(tr("Something went wrong inside the program, and nothing was changed. "
                          "Please try again."));
    }
};

/// Above the line what the GUI thread has for itself, below it what both threads share.
struct JobRunner::Private
{
    explicit Private(JobRunner& owner)
        : runner(owner)
    {
    }

    JobRunner& runner;
    bool isBusy = false;
    std::stop_source stop;
    std::function<void()> publish;
    QTimer progressTimer;
    // ----
    const std::shared_ptr<RightOfWay> hand = std::make_shared<RightOfWay>();
    std::mutex mutex;
    std::condition_variable wake;
    std::shared_ptr<Job> next;
    std::stop_token nextStop;
    bool isClosing = false;
    std::optional<Progress> news;

    std::thread thread; ///< last: it uses all of the others

    void work();
    Outcome run(Job& job, std::stop_token stopToken);
    void note(Progress progress);
    std::optional<Progress> takeNews();
};

void JobRunner::Private::work()
{
    stepBehindTheWindow();
    std::unique_lock lock(mutex);
    for (;;) {
        wake.wait(lock, [this] { return next || isClosing; });
        if (isClosing)
            return;
        std::shared_ptr<Job> job = std::move(next);
        const std::stop_token stopToken = nextStop;
        lock.unlock();
        const Outcome outcome = run(*job, stopToken);
        job.reset(); // its last owner is publish, so that it ends on the GUI thread
        QMetaObject::invokeMethod(
            &runner, [this, outcome] { runner.end(outcome); }, Qt::QueuedConnection);
        lock.lock();
    }
}

JobRunner::Outcome JobRunner::Private::run(Job& job, std::stop_token stopToken)
{
    const auto begin = Clock::now();
    const auto report = [this, begin](double fraction, const QString& stage) {
        note({fraction, stage, Clock::now() - begin});
    };
    JobContext context(std::move(stopToken), report, hand);
    return Outcome::of([&] { job.run(context); });
}

void JobRunner::Private::note(Progress progress)
{
    const std::lock_guard lock(mutex);
    news = std::move(progress);
}

std::optional<Progress> JobRunner::Private::takeNews()
{
    const std::lock_guard lock(mutex);
    return std::exchange(news, std::nullopt);
}

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this))
{
    // The job only leaves its progress, and the GUI looks every 50 ms: a job that reports a
    // thousand times a second does not flood the event queue.
    d->progressTimer.setInterval(progressInterval);
    connect(&d->progressTimer, &QTimer::timeout, this, &JobRunner::announceProgress);
    d->thread = std::thread([this] { d->work(); });
}

JobRunner::~JobRunner()
{
    d->stop.request_stop();
    {
        const std::lock_guard lock(d->mutex);
        d->isClosing = true;
    }
    d->wake.notify_one();
    d->thread.join();
}

bool JobRunner::isBusy() const
{
    return d->isBusy;
}

void JobRunner::startJob(std::shared_ptr<Job> job, std::function<void()> publish)
{
    if (d->isBusy) {
        qCWarning(logJobs) << "Not started, another job is running:" << job->title();
        return;
    }
    d->isBusy = true;
    d->stop = std::stop_source();
    d->publish = std::move(publish);
    d->progressTimer.start();
    Q_EMIT started(job->title());
    {
        const std::lock_guard lock(d->mutex);
        d->news.reset();
        d->nextStop = d->stop.get_token();
        d->next = std::move(job);
    }
    d->wake.notify_one();
}

void JobRunner::cancel()
{
    d->stop.request_stop();
}

void JobRunner::giveWay()
{
    if (d->isBusy)
        d->hand->claim();
}

void JobRunner::announceProgress()
{
    const std::optional<Progress> news = d->takeNews();
    if (!news)
        return;
    const double fraction = std::clamp(news->fraction, 0.0, 1.0);
    Q_EMIT progressed(fraction, news->stage,
                      remainingSeconds(fraction, news->elapsed).value_or(-1));
}

void JobRunner::end(const Outcome& outcome)
{
    d->progressTimer.stop();
    announceProgress();
    std::function<void()> publish = std::exchange(d->publish, nullptr);
    Outcome result = outcome;
    // Who pressed Stop does not want the result, even where the job was done a moment before.
    if (result.kind == Outcome::Kind::done && d->stop.stop_requested())
        result.kind = Outcome::Kind::cancelled;
    if (result.kind == Outcome::Kind::done)
        result = Outcome::of(publish);
    publish = nullptr; // the memory of this job is free before the next one starts

    if (result.kind == Outcome::Kind::done)
        Q_EMIT finished();
    else if (result.kind == Outcome::Kind::cancelled)
        Q_EMIT cancelled();
    else
        Q_EMIT failed(result.text);
    d->isBusy = false;
    Q_EMIT idle();
}

std::optional<double> remainingSeconds(double fraction, std::chrono::duration<double> elapsed)
{
    // The beginning tells nothing: models are loaded, memory is touched for the first time.
    if (!(fraction >= 0.02) || elapsed.count() < 1)
        return std::nullopt;
    const double done = std::min(fraction, 1.0);
    return elapsed.count() * (1 - done) / done;
}

} // namespace emend
