// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "models/cells/MembraneClosing.h"

#include <QScopeGuard>

#include <algorithm>
#include <cmath>
#include <future>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace emend {

namespace {

constexpr size_t mostWaitingBytes = 256'000'000; ///< larger answers do not wait beside the next

double pixelNmOf(const PredictJob::Request& request)
{
    const VoxelSize& size = request.voxelSize;
    return size.isPlaneKnown() ? std::sqrt(size.xNm * size.yNm) : request.checkpoint->pixelSizeNm;
}

PredictJob::BorderSink closing(Predictor::Sink sink, int membrane)
{
    return [sink = std::move(sink), membrane](int z, ProbabilityMap map,
                                              const std::vector<quint8>& isBorder) {
        if (!isBorder.empty())
            closeMembranes(map, membrane, isBorder);
        sink(z, map);
    };
}

/// What happens to answers beside the network: one thing after the other, each on some thread.
class Handover
{
public:
    /// Waits for what was begun, and throws what it threw.
    void finish()
    {
        if (m_last.valid())
            m_last.get();
    }

    template <typename Work>
    void begin(Work work)
    {
        m_last = std::async(std::launch::async,
                            [before = std::move(m_last), work = std::move(work)]() mutable {
                                if (before.valid())
                                    before.get();
                                work();
                            });
    }

private:
    std::future<void> m_last;
};

/// A slice and those beside it.
struct SliceWindow
{
    int first = 0;
    int last = -1;

    bool contains(int z) const { return z >= first && z <= last; }
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

    void add(int z, ProbabilityMap map)
    {
        if (m_membrane != 0)
            m_closing.add(z, membraneOf(z, map), m_request.decided.share(z));
        m_maps[z] = std::move(map);
    }

    /// Hands slice z over and forgets all but what is needed next.
    void handOver(int z, const SliceWindow& next)
    {
        std::vector<quint8> isBorder;
        if (m_membrane != 0)
            isBorder = m_closing.borders(z, membraneOf(z, m_maps.at(z)));
        m_sink(z, std::move(m_maps.extract(z).mapped()), isBorder);
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

/// The answer waits beside the network, unless it is too large for that.
void add(int z, ProbabilityMap map, WaitingSlices& waiting, Handover& handover)
{
    handover.finish();
    const bool isLarge = map.values.size() * sizeof(float) > mostWaitingBytes;
    handover.begin(
        [&waiting, z, map = std::move(map)]() mutable { waiting.add(z, std::move(map)); });
    if (isLarge)
        handover.finish();
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

void PredictJob::run(JobContext& job)
{
    const int count = int(m_request.slices.size());
    const int reach = m_request.checkpoint->membraneClass() != 0 ? 1 : 0;
    const auto neededFor = [&](int i) {
        const int last = m_request.stack->size().slices - 1;
        if (i >= count)
            return SliceWindow();
        const int z = m_request.slices[size_t(i)];
        return SliceWindow{std::max(0, z - reach), std::min(last, z + reach)};
    };
    const std::set<int> asked(m_request.slices.begin(), m_request.slices.end());
    const auto release = qScopeGuard([this] { m_request.recent->releaseNetwork(); });
    WaitingSlices waiting(m_request, m_sink);
    Handover handover; // of answers, while the network works on the next
    std::set<int> known;
    for (int i = 0; i < count; ++i) {
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        const int wanted = m_request.slices[size_t(i)];
        const SliceWindow needed = neededFor(i);
        for (int z = needed.first; z <= needed.last; ++z) {
            part.report(0, tr("Slice %1 of %2").arg(i + 1).arg(count));
            if (known.contains(z))
                continue;
            if (!asked.contains(z) && m_request.decided.share(z) == 1)
                handover.begin([&waiting, z] { waiting.addDecided(z); });
            else if (auto map = answerFor(z, z == wanted, part))
                add(z, std::move(*map), waiting, handover);
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
