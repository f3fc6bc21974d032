// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"

#include <QCoreApplication>

namespace emend {

/// Opens a file or folder as a stack.
class OpenStackJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(OpenStackJob)

public:
    explicit OpenStackJob(QString path)
        : m_path(std::move(path))
    {
    }

    QString title() const override { return tr("Opening"); }

    void run(JobContext& job) override;

    const QString& path() const { return m_path; }

    std::shared_ptr<const ImageStack> takeStack() { return std::move(m_stack); }

private:
    QString m_path;
    std::shared_ptr<const ImageStack> m_stack;
};

} // namespace emend
