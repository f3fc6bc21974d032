// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"
#include "core/labels/Prediction.h"

#include <QCoreApplication>
#include <QStringList>

namespace emend {

/// What to export, and where to.
struct ExportRequest
{
    enum class What {
        masks,        ///< one file a class, 0 and 255
        classIndices, ///< one file, 0 = nothing, 1, 2, ... = the classes
        probabilities ///< one file a class, 8 bit
    };

    What what = What::masks;
    QString path; ///< BASE.tif: with one file a class, BASE-CLASS.tif
};

/// Writes labels or probabilities as TIFF, from a snapshot.
class ExportJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(ExportJob)

public:
    struct Snapshot
    {
        LabelVolume labels;
        ClassTable classes;
        Prediction prediction;
        VoxelSize voxelSize;
    };

    ExportJob(Snapshot snapshot, ExportRequest request);

    QString title() const override { return tr("Exporting"); }

    void run(JobContext& job) override;

    /// The files that were written.
    const QStringList& paths() const { return m_paths; }

private:
    Snapshot m_snapshot;
    ExportRequest m_request;
    QStringList m_paths;
};

} // namespace emend
