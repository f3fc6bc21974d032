// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace emend {

/// Runs one job at a time on the compute thread.
///
/// Lives on the GUI thread; signals and publish functions come there. It is the same compute thread
/// for all jobs, runs at a lower priority than the GUI and waits while somebody paints (giveWay()),
/// so that painting stays smooth while a model learns.
class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);

    /// Asks the running job to stop, and waits for it. Nothing is published any more.
    ~JobRunner() override;

    bool isBusy() const;

    /// Starts the job; when it is done, calls publish(*job) on the GUI thread, before finished().
    /// Where publish throws Error, failed() follows. Only while not busy, else nothing happens.
    template <class J>
    void start(std::shared_ptr<J> job, std::function<void(J&)> publish)
    {
        startJob(job, [job, publish = std::move(publish)] { publish(*job); });
    }

    /// Asks the running job to stop; cancelled() follows, and its result is not published.
    void cancel();

    /// Somebody is painting just now: the running job waits a moment (RightOfWay). Call it with
    /// each movement.
    void giveWay();

Q_SIGNALS:
    void started(const QString& title);

    /// At most 20 times a second; the last progress always comes, before finished().
    /// remainingSeconds is -1 as long as it cannot be told.
    void progressed(double fraction, const QString& stage, double remainingSeconds);
    void finished();
    void cancelled();
    void failed(const QString& text);

    /// After finished, cancelled or failed: the next job may start.
    void idle();

private:
    struct Outcome;

    void startJob(std::shared_ptr<Job> job, std::function<void()> publish);
    void announceProgress();
    void end(const Outcome& outcome);

    struct Private; // thread and what it shares, in JobRunner.cpp
    std::unique_ptr<Private> d;
};

/// Seconds left, from the progress so far; empty before it can be told.
std::optional<double> remainingSeconds(double fraction, std::chrono::duration<double> elapsed);

} // namespace emend
