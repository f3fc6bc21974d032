// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/RecentAnswers.h"
#include "core/jobs/Job.h"
#include "core/labels/ClassTable.h"
#include "core/labels/ComparedSlice.h"
#include "core/labels/LabelVolume.h"

#include <QCoreApplication>

#include <array>
#include <memory>

namespace emend {

/// Predicts one slice with two models and compares what they say. Nothing else learns of it:
/// neither labels nor predictions of a project.
///
/// run() throws Error where the models have no class in common.
class CompareJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(CompareJob)

public:
    /// What to predict, and with what.
    struct Request
    {
        std::shared_ptr<const ImageStack> stack;
        VoxelSize voxelSize;
        LabelVolume labels; ///< of the project, for what people decided
        ClassTable classes; ///< of the project: to these the models' classes belong
        std::array<std::shared_ptr<const Checkpoint>, 2> models;
        int z = 0;
        ComputeDevice device;
        PredictorOptions options;
        std::array<std::shared_ptr<RecentAnswers>, 2> recent = {}; ///< as PredictJob's
    };

    struct Result
    {
        ComparedSlice slice;
        ClassTable classes;       ///< the project's, and what the models know beyond them
        bool namesDiffer = false; ///< the models name their classes differently
    };

    explicit CompareJob(Request request);

    QString title() const override { return tr("Comparing two models"); }

    void run(JobContext& job) override;

    int slice() const { return m_request.z; }

    Result takeResult() { return std::move(m_result); }

private:
    Prediction predict(size_t model, const std::vector<int>& mapping, JobContext& job) const;

    Request m_request;
    Result m_result;
};

} // namespace emend
