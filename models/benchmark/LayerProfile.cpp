// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/LayerProfile.h"

#include "models/torch/LayerMarks.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;

double msBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

/// What happened in one batch, in the order of time. Gradients of a map are there when everything
/// that was made of it went back.
class Recording
{
public:
    void run(NetworkBenchmark& benchmark, JobContext& job)
    {
        m_start = Clock::now();
        {
            const LayerMarks marks(
                [this](const std::string& name, const at::Tensor& map) { add(name, map); });
            benchmark.runBatch(job);
        }
        m_end = Clock::now();
    }

    std::vector<LayerProfile::Row> rows() const
    {
        std::vector<LayerProfile::Row> rows;
        Clock::time_point before = m_start;
        for (const Event& event : m_forward) {
            rows.push_back({event.name, msBetween(before, event.time)});
            before = event.time;
        }
        if (m_backward.empty()) {
            rows.push_back({QStringLiteral("softmax"), msBetween(before, m_end)});
            return rows;
        }
        rows.push_back({QStringLiteral("loss"), msBetween(before, m_backward.front().time)});
        for (size_t i = 0; i < m_backward.size(); ++i) {
            const bool isLast = i + 1 == m_backward.size();
            const Clock::time_point next = isLast ? m_gradients : m_backward[i + 1].time;
            const auto row = std::ranges::find(rows, m_backward[i].name, &LayerProfile::Row::name);
            row->backwardMs = msBetween(m_backward[i].time, next);
        }
        rows.push_back({QStringLiteral("update"), msBetween(m_gradients, m_end)});
        return rows;
    }

private:
    struct Event
    {
        QString name;
        Clock::time_point time;
    };

    void add(const std::string& mark, const at::Tensor& map)
    {
        const auto now = Clock::now();
        if (!map.defined()) {
            m_gradients = now;
            return;
        }
        const QString name = QString::fromStdString(mark);
        m_forward.push_back({name, now});
        if (map.requires_grad())
            map.register_hook([this, name](const at::Tensor&) {
                m_backward.push_back({name, Clock::now()});
            });
    }

    std::vector<Event> m_forward;
    std::vector<Event> m_backward;
    Clock::time_point m_start;
    Clock::time_point m_gradients;
    Clock::time_point m_end;
};

} // namespace

double LayerProfile::ms() const
{
    return std::accumulate(rows.begin(), rows.end(), 0.0,
                           [](double sum, const Row& row) { return sum + row.ms(); });
}

LayerProfile LayerProfile::of(NetworkBenchmark& benchmark, int warmUp, int iterations,
                              JobContext& job)
{
    LayerProfile fastest;
    for (int i = 0; i < warmUp + iterations; ++i) {
        job.report(double(i) / (warmUp + iterations),
                   QCoreApplication::translate("NetworkBenchmark", "Batch %1 of %2")
                       .arg(i + 1)
                       .arg(warmUp + iterations));
        Recording recording;
        recording.run(benchmark, job);
        LayerProfile profile{recording.rows()};
        if (i >= warmUp && (fastest.rows.empty() || profile.ms() < fastest.ms()))
            fastest = std::move(profile);
    }
    return fastest;
}

} // namespace emend
