// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Error.h"

#include <QString>

#include <functional>
#include <memory>
#include <stop_token>

namespace emend {

class RightOfWay;

/// How a job talks to whoever started it: progress out, stop in. Used on the job's own thread.
class JobContext
{
public:
    /// fraction 0..1; stage in the user's words ("Predicting slice 3 of 30"), empty: as before.
    using Report = std::function<void(double fraction, const QString& stage)>;

    JobContext() = default; ///< never stops, reports to nobody: for tests and small calls

    /// hand: whom checkCancelled() lets go first; null for nobody.
    JobContext(std::stop_token stop, Report report,
               std::shared_ptr<const RightOfWay> hand = nullptr);

    void report(double fraction, const QString& stage);

    bool isCancelled() const { return m_stop.stop_requested(); }

    /// Throws Cancelled once stop was asked for. Call it at least every 0.1 s of work: it also
    /// waits a moment where somebody is painting just now (RightOfWay).
    void checkCancelled() const;

    /// How long this job and those before have waited there.
    double waitedSeconds() const;

    /// A context for a part of the work: its 0..1 is from..to of this one.
    JobContext part(double from, double to);

    /// For work beside the way: stops with this one and reports to nobody.
    JobContext silent() const { return {m_stop, {}, m_hand}; }

private:
    std::stop_token m_stop;
    Report m_report;
    std::shared_ptr<const RightOfWay> m_hand;
    QString m_stage;
};

/// Work off the GUI thread. Everything it needs comes in through the constructor, the result
/// leaves through a takeX() of the subclass. run() touches no QObject and no project.
class Job
{
public:
    virtual ~Job() = default;

    /// What the job bar shows ("Learning from corrections").
    virtual QString title() const = 0;

    /// On the compute thread. Throws Error, or Cancelled.
    virtual void run(JobContext& job) = 0;
};

} // namespace emend
