// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/OpenStackJob.h"

#include "core/io/StackReader.h"

namespace emend {

void OpenStackJob::run(JobContext& job)
{
    job.report(0, tr("Reading the header"));
    m_stack = StackReader::open(m_path);
    job.checkCancelled();
}

} // namespace emend
