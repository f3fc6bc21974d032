// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/store/ProjectStore.h"

#include <QCoreApplication>

namespace emend {

/// Writes a copy of the open project into another file.
class SaveCopyJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(SaveCopyJob)

public:
    /// store: outlives the job.
    SaveCopyJob(ProjectStore& store, QString path)
        : m_store(store)
        , m_path(std::move(path))
        , m_putCount(store.putCount())
    {
    }

    QString title() const override { return tr("Saving a copy"); }

    void run(JobContext& job) override
    {
        job.report(0, tr("Copying the project"));
        m_store.copyTo(m_path);
    }

    const QString& path() const { return m_path; }

    /// Nothing was done in the project since the copy began.
    bool isUpToDate() const { return m_store.putCount() == m_putCount; }

private:
    ProjectStore& m_store;
    QString m_path;
    qint64 m_putCount;
};

} // namespace emend
