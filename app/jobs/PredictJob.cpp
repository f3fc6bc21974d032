// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "app/jobs/PredictionMemory.h"
#include "app/jobs/WaitingSlices.h"
#include "models/memory/FreeMemory.h"

#include <QLocale>
#include <QScopeGuard>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace emend {

namespace {

double pixelNmOf(const PredictJob::Request& request)
{
    const VoxelSize& size = request.voxelSize;
    return size.isPlaneKnown() ? std::sqrt(size.xNm * size.yNm) : request.checkpoint->pixelSizeNm;
}

PredictJob::BorderSink closing(Predictor::Sink sink, int membrane)
{
    return [sink = std::move(sink), membrane](int z, ProbabilityMap map,
                                              const MembraneBorders& borders) {
        if (!borders.isBorder.empty())
            closeMembranes(map, membrane, borders);
        sink(z, map);
    };
}

SliceWindow windowAround(int z, int reach, const ImageStack& stack)
{
    return {std::max(0, z - reach), std::min(stack.size().slices - 1, z + reach)};
}

PredictionMemory memoryOf(const PredictJob::Request& request)
{
    return {request.stack->size(), request.checkpoint->spec.classCount};
}

/// What a job may take of the computer's memory.
qint64 mostBytesOf(const PredictJob::Request& request)
{
    if (request.mostBytes > 0)
        return request.mostBytes;
    const qint64 free = freeMemoryBytes(ComputeDevice::cpu());
    const bool isKnown = free > 0;
    return isKnown ? std::max(free, PredictionMemory::alwaysTried)
                   : std::numeric_limits<qint64>::max();
}

} // namespace

PredictJob::PredictJob(Request request, Predictor::Sink sink)
    : PredictJob(request, closing(std::move(sink), request.checkpoint->membraneClass()))
{
}

PredictJob::PredictJob(Request request, BorderSink sink)
    : m_request(std::move(request))
    , m_sink(std::move(sink))
{
    if (!m_request.recent)
        m_request.recent = std::make_shared<RecentAnswers>(0);
}

std::optional<ProbabilityMap> PredictJob::answerFor(int z, bool isWanted, JobContext& job) const
{
    try {
        return m_request.recent->answer({m_request.stack, m_request.voxelSize, m_request.checkpoint,
                                         m_request.device, m_request.options},
                                        z, job);
    } catch (const Error&) {
        if (isWanted)
            throw;
        return std::nullopt;
    }
}

bool PredictJob::mayLookBeside() const
{
    const PredictionMemory memory = memoryOf(m_request);
    const qint64 free = mostBytesOf(m_request);
    if (memory.bytes(false) > free) {
        const QLocale locale;
        throw Error(tr("Predicting a slice of %1 x %2 pixels takes %3 of memory, and %4 are free. "
                       "Close other programs, or predict on a computer that has more.")
                        .arg(memory.size.width)
                        .arg(memory.size.height)
                        .arg(locale.formattedDataSize(memory.bytes(false), 1),
                             locale.formattedDataSize(free, 1)));
    }
    return memory.bytes(true) <= free;
}

void PredictJob::run(JobContext& job)
{
    const int count = int(m_request.slices.size());
    const bool hasMembranes = m_request.checkpoint->membraneClass() != 0;
    const bool hasMemory = mayLookBeside();
    const int reach = hasMembranes && hasMemory ? 1 : 0;
    const QString stage = hasMembranes && !hasMemory
                              ? tr("Slice %1 of %2, with too little memory to look at those beside")
                              : tr("Slice %1 of %2");
    const auto neededFor = [&](int i) {
        return i < count ? windowAround(m_request.slices[size_t(i)], reach, *m_request.stack)
                         : SliceWindow();
    };
    const std::set<int> asked(m_request.slices.begin(), m_request.slices.end());
    const auto release = qScopeGuard([this] { m_request.recent->releaseNetwork(); });
    WaitingSlices waiting({m_request.stack->size(), pixelNmOf(m_request),
                           m_request.checkpoint->membraneClass(), m_request.decided},
                          m_sink, memoryOf(m_request).mostWaiting());
    std::set<int> known;
    for (int i = 0; i < count; ++i) {
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        const int wanted = m_request.slices[size_t(i)];
        const SliceWindow needed = neededFor(i);
        for (int z = needed.first; z <= needed.last; ++z) {
            part.report(0, stage.arg(i + 1).arg(count));
            if (known.contains(z))
                continue;
            if (!asked.contains(z) && m_request.decided.share(z) == 1)
                waiting.addDecided(z);
            else if (auto map = answerFor(z, z == wanted, part))
                waiting.add(z, std::move(*map), asked.contains(z));
            else
                continue;
            known.insert(z);
        }
        const SliceWindow next = neededFor(i + 1);
        waiting.handOver(wanted, next);
        std::erase_if(known, [&](int z) { return !next.contains(z); });
    }
    waiting.finish();
    job.report(1, QString());
}

} // namespace emend
