// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/store/Salvage.h"

#include <QCoreApplication>

namespace emend {

/// Makes a new project of what is intact of a damaged one.
class RepairJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(RepairJob)

public:
    RepairJob(QString damagedPath, QString newPath)
        : m_damagedPath(std::move(damagedPath))
        , m_newPath(std::move(newPath))
    {
    }

    QString title() const override { return tr("Repairing"); }

    void run(JobContext& job) override { m_report = salvageProject(m_damagedPath, m_newPath, job); }

    const QString& newPath() const { return m_newPath; }

    const SalvageReport& report() const { return m_report; }

private:
    QString m_damagedPath;
    QString m_newPath;
    SalvageReport m_report;
};

} // namespace emend
