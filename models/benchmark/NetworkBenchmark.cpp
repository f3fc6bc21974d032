// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/NetworkBenchmark.h"

#include "models/benchmark/NetworkFlops.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"
#include "models/torch/benchmark/BenchmarkNetwork.h"
#include "models/torch/benchmark/GraphedBenchmark.h"
#include "models/torch/benchmark/PeakFlops.h"

#include <QCoreApplication>
#include <QThread>

#include <ATen/Parallel.h>
#include <torch/version.h>

#include <chrono>

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;

QString tr(const char* text)
{
    return QCoreApplication::translate("NetworkBenchmark", text);
}

double msSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

[[noreturn]] void refuseForMemory()
{
    throw Error(tr("There is not enough memory for this network. Choose a smaller size or batch."));
}

/// LibTorch's exceptions in words that fit a measurement.
template <class Work>
auto inPlainWords(Work work)
{
    try {
        return work();
    } catch (const c10::Error& error) {
        if (isOutOfMemory(error))
            refuseForMemory();
        const QString reason = QString::fromUtf8(error.what_without_backtrace());
        throw Error(tr("The network could not be measured (%1). Choose another device, precision "
                       "or size.")
                        .arg(reason.section(QLatin1Char('\n'), 0, 0).left(200)));
    } catch (const std::bad_alloc&) {
        refuseForMemory();
    }
}

BenchmarkNetwork::Images imagesOf(const NetworkBenchmark::Plan& plan)
{
    return {plan.batch, plan.sizePx, plan.withInput};
}

template <class Kind, class... More>
std::unique_ptr<BenchmarkNetwork> made(const NetworkBenchmark::Plan& plan, at::Device device,
                                       More... more)
{
    return std::make_unique<Kind>(plan.spec, plan.precision, device, plan.seed, imagesOf(plan),
                                  std::move(more)...);
}

std::unique_ptr<BenchmarkNetwork> networkFor(const NetworkBenchmark::Plan& plan, at::Device device)
{
    const bool isPlain = plan.path == NetworkBenchmark::Path::plain;
    std::unique_ptr<CardRuntime> runtime = isPlain ? nullptr : makeCardRuntime(plan.device);
    if (plan.mode == NetworkBenchmark::Mode::inference) {
        if (runtime)
            return made<GraphedInferenceNetwork>(plan, device, std::move(runtime));
        return isPlain ? made<PlainInferenceNetwork>(plan, device)
                       : made<InferenceNetwork>(plan, device);
    }
    if (runtime)
        return made<GraphedTrainingNetwork>(plan, device, std::move(runtime));
    return made<TrainingNetwork>(plan, device, isPlain);
}

} // namespace

struct NetworkBenchmark::Network
{
    std::unique_ptr<BenchmarkNetwork> work;
};

NetworkBenchmark::NetworkBenchmark(const Plan& plan)
    : m_plan(plan)
    , m_network(std::make_unique<Network>())
{
    Q_ASSERT(plan.spec.outputSize(plan.sizePx) > 0);
    at::set_num_threads(threadsOf(plan.threads));
    const at::Device device = torchDevice(plan.device);
    m_network->work = inPlainWords([&] { return networkFor(plan, device); });
}

NetworkBenchmark::~NetworkBenchmark() = default;

std::optional<double> NetworkBenchmark::runBatch(JobContext& job)
{
    return inPlainWords([&] {
        at::set_num_threads(threadsOf(m_plan.threads));
        const std::optional<double> loss = m_network->work->runBatch(job);
        m_network->work->synchronise();
        return loss;
    });
}

void NetworkBenchmark::runBatches(int count, JobContext& job)
{
    inPlainWords([&] {
        at::set_num_threads(threadsOf(m_plan.threads));
        for (int i = 0; i < count; ++i) {
            job.checkCancelled();
            m_network->work->runBatch(job);
        }
        m_network->work->synchronise();
    });
}

NetworkBenchmark::Result NetworkBenchmark::measure(int warmUp, int iterations, JobContext& job)
{
    const bool hasQueue = m_network->work->hasQueue();
    const int all = warmUp + iterations + (hasQueue ? iterations : 0);
    int done = 0;
    const auto report = [&] {
        job.report(double(done) / all, tr("Batch %1 of %2").arg(done + 1).arg(all));
        ++done;
    };

    Result result;
    for (int i = 0; i < warmUp; ++i) {
        report();
        runBatch(job);
    }
    std::vector<double> samplesMs;
    const auto start = Clock::now();
    for (int i = 0; i < iterations; ++i) {
        report();
        const auto startOfBatch = Clock::now();
        result.loss = runBatch(job);
        samplesMs.push_back(msSince(startOfBatch));
    }
    double totalMs = msSince(start);
    if (hasQueue) {
        const auto startOfQueue = Clock::now();
        for (int i = 0; i < iterations; ++i) {
            report();
            inPlainWords([&] { m_network->work->runBatch(job); });
        }
        inPlainWords([&] { m_network->work->synchronise(); });
        totalMs = msSince(startOfQueue);
    }
    result.imagesPerSecond = 1000.0 * m_plan.batch * iterations / totalMs;
    result.batches = LatencyStatistics::of(std::move(samplesMs));
    result.flopsPerImage = m_plan.mode == Mode::inference
                               ? emend::flopsPerImage(m_plan.spec, m_plan.sizePx)
                               : trainingFlopsPerImage(m_plan.spec, m_plan.sizePx);
    return result;
}

double NetworkBenchmark::measuredPeakFlops(const ComputeDevice& device, Precision precision,
                                           int threads, JobContext& job)
{
    at::set_num_threads(threadsOf(threads));
    const auto type = precision == Precision::mixed ? at::kBFloat16
                                                    : torchType(precision); // of what is multiplied
    return inPlainWords([&] { return peakFlops(torchDevice(device), type, job); });
}

int NetworkBenchmark::threadsOf(int threads)
{
    return threads > 0 ? threads : QThread::idealThreadCount();
}

QString NetworkBenchmark::library()
{
    return QStringLiteral("LibTorch " TORCH_VERSION);
}

} // namespace emend
