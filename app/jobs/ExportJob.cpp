// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/ExportJob.h"

#include "core/io/TiffExporter.h"

namespace emend {

ExportJob::ExportJob(Snapshot snapshot, ExportRequest request)
    : m_snapshot(std::move(snapshot))
    , m_request(std::move(request))
{
}

void ExportJob::run(JobContext& job)
{
    const TiffExporter exporter(m_snapshot.voxelSize);
    switch (m_request.what) {
    case ExportRequest::What::masks:
        m_paths = exporter.exportMasks(m_snapshot.labels, m_snapshot.classes, m_request.path, job);
        break;
    case ExportRequest::What::classIndices:
        exporter.exportClassIndices(m_snapshot.labels, m_snapshot.classes, m_request.path, job);
        m_paths = {m_request.path};
        break;
    case ExportRequest::What::probabilities:
        m_paths = exporter.exportProbabilityFiles(m_snapshot.prediction, m_snapshot.classes,
                                                  m_request.path, job);
        break;
    }
}

} // namespace emend
