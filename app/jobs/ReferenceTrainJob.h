// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ReferenceTrainer.h"

#include <QCoreApplication>

#include <functional>
#include <optional>
#include <vector>

namespace emend {

/// Trains by the reference recipe, one fold after the other. The model of a fold is saved as soon
/// as it is there, so that a later fold's failure does not cost it.
class ReferenceTrainJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(ReferenceTrainJob)

public:
    struct Part
    {
        std::optional<int> fold; ///< its number; empty: all slices at once
        Fold slices;
        QString modelPath;
        QString statePath;
    };

    struct Request
    {
        ReferenceData data;
        std::vector<Part> parts;
        ReferenceOptions options;
        ComputeDevice device;
    };

    /// observer is called on the job's thread.
    using Observer = std::function<void(const Part&, const ReferencePoint&)>;
    ReferenceTrainJob(Request request, Observer observer);

    QString title() const override { return tr("Learning by the reference recipe"); }

    void run(JobContext& job) override;

    /// The mean Dice of the parts that had slices to be judged on; empty where none had.
    std::optional<double> meanScore() const;

private:
    Request m_request;
    Observer m_observer;
    std::vector<double> m_scores;
};

} // namespace emend
