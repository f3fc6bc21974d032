// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "models/cells/MembraneClosing.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <map>
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
        : m_membrane(request.checkpoint->membraneClass())
        , m_decided(request.decided)
        , m_closing(pixelNmOf(request))
        , m_sink(sink)
    {
    }

    void add(int z, ProbabilityMap map)
    {
        if (m_membrane != 0)
            m_closing.add(z, membraneOf(z, map), m_decided.share(z));
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
        m_decided.putInto(membrane, z);
        return membrane;
    }

    int m_membrane;
    const DecidedMembranes& m_decided;
    MembraneClosing m_closing;
    const PredictJob::BorderSink& m_sink;
    std::map<int, ProbabilityMap> m_maps; ///< not handed over yet
};

} // namespace

PredictJob::PredictJob(Request request, Predictor::Sink sink)
    : PredictJob(request, closing(std::move(sink), request.checkpoint->membraneClass()))
{
}

PredictJob::PredictJob(Request request, BorderSink sink)
    : m_request(std::move(request))
    , m_sink(std::move(sink))
{
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
    Predictor predictor(m_request.checkpoint, m_request.device, m_request.options);
    WaitingSlices waiting(m_request, m_sink);
    Handover handover; // of answers, while the network works on the next
    std::set<int> known;
    for (int i = 0; i < count; ++i) {
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        const SliceWindow needed = neededFor(i);
        for (int z = needed.first; z <= needed.last; ++z) {
            part.report(0, tr("Slice %1 of %2").arg(i + 1).arg(count));
            if (!known.insert(z).second)
                continue;
            ProbabilityMap map =
                predictor.predictSlice(*m_request.stack, z, m_request.voxelSize, part);
            handover.finish();
            const bool isLarge = map.values.size() * sizeof(float) > mostWaitingBytes;
            handover.begin(
                [&waiting, z, map = std::move(map)]() mutable { waiting.add(z, std::move(map)); });
            if (isLarge)
                handover.finish();
        }
        const SliceWindow next = neededFor(i + 1);
        handover.begin([&, z = m_request.slices[size_t(i)], next] { waiting.handOver(z, next); });
        std::erase_if(known, [&](int z) { return !next.contains(z); });
    }
    handover.finish();
    job.report(1, QString());
}

} // namespace emend
