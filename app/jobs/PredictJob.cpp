// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "app/jobs/PredictionMemory.h"
#include "models/memory/FreeMemory.h"

#include <QLocale>
#include <QScopeGuard>

#include <algorithm>
#include <cmath>
#include <future>
#include <limits>
#include <map>
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

/// What happens to answers beside the network: one thing after the other, each on some thread; or,
/// where they are too large to wait, at once.
class Handover
{
public:
    explicit Handover(bool mayWait)
        : m_mayWait(mayWait)
    {
    }

    /// Waits for what was begun, and throws what it threw.
    void finish()
    {
        if (m_last.valid())
            m_last.get();
    }

    template <typename Work>
    void begin(Work work)
    {
        if (!m_mayWait)
            return work();
        m_last = std::async(std::launch::async,
                            [before = std::move(m_last), work = std::move(work)]() mutable {
                                if (before.valid())
                                    before.get();
                                work();
                            });
    }

private:
    bool m_mayWait;
    std::future<void> m_last;
};

/// A slice and those beside it.
struct SliceWindow
{
    int first = 0;
    int last = -1;

    bool contains(int z) const { return z >= first && z <= last; }

    static SliceWindow around(int z, int reach, const ImageStack& stack)
    {
        return {std::max(0, z - reach), std::min(stack.size().slices - 1, z + reach)};
    }
};

/// Answers that wait for those of the slices beside them.
class WaitingSlices
{
public:
    WaitingSlices(const PredictJob::Request& request, const PredictJob::BorderSink& sink)
        : m_request(request)
        , m_membrane(request.checkpoint->membraneClass())
        , m_closing(pixelNmOf(request))
        , m_sink(sink)
    {
    }

    /// A slice that people decided about all over, only for those beside it.
    void addDecided(int z)
    {
        const VolumeSize size = m_request.stack->size();
        GreyPlane membrane(size.width, size.height);
        m_request.decided.putInto(membrane, z);
        m_closing.add(z, membrane, 1);
    }

    /// isAsked: handOver() is to come for it; else it is only for those beside it.
    void add(int z, ProbabilityMap map, bool isAsked)
    {
        if (m_membrane != 0)
            m_closing.add(z, membraneOf(z, map), m_request.decided.share(z));
        if (isAsked)
            m_maps[z] = std::move(map);
    }

    /// Hands slice z over and forgets all but what is needed next.
    void handOver(int z, const SliceWindow& next)
    {
        MembraneBorders borders;
        if (m_membrane != 0)
            borders = m_closing.borders(z, membraneOf(z, m_maps.at(z)));
        m_sink(z, std::move(m_maps.extract(z).mapped()), borders);
        std::erase_if(m_maps, [&](const auto& map) { return !next.contains(map.first); });
        m_closing.keepOnly(next.first, next.last);
    }

private:
    GreyPlane membraneOf(int z, const ProbabilityMap& map) const
    {
        GreyPlane membrane(map.width, map.height);
        std::ranges::copy(map.plane(m_membrane), membrane.values.begin());
        m_request.decided.putInto(membrane, z);
        return membrane;
    }

    const PredictJob::Request& m_request;
    int m_membrane;
    MembraneClosing m_closing;
    const PredictJob::BorderSink& m_sink;
    std::map<int, ProbabilityMap> m_maps; ///< not handed over yet
};

/// One answer waits at the most.
void add(int z, ProbabilityMap map, bool isAsked, WaitingSlices& waiting, Handover& handover)
{
    handover.finish();
    handover.begin([&waiting, z, map = std::move(map), isAsked]() mutable {
        waiting.add(z, std::move(map), isAsked);
    });
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
        return i < count ? SliceWindow::around(m_request.slices[size_t(i)], reach, *m_request.stack)
                         : SliceWindow();
    };
    const std::set<int> asked(m_request.slices.begin(), m_request.slices.end());
    const auto release = qScopeGuard([this] { m_request.recent->releaseNetwork(); });
    WaitingSlices waiting(m_request, m_sink);
    Handover handover(memoryOf(m_request).mayWait());
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
                handover.begin([&waiting, z] { waiting.addDecided(z); });
            else if (auto map = answerFor(z, z == wanted, part))
                add(z, std::move(*map), asked.contains(z), waiting, handover);
            else
                continue;
            known.insert(z);
        }
        const SliceWindow next = neededFor(i + 1);
        handover.begin([&, wanted, next] { waiting.handOver(wanted, next); });
        std::erase_if(known, [&](int z) { return !next.contains(z); });
    }
    handover.finish();
    job.report(1, QString());
}

} // namespace emend
