// SPDX-License-Identifier: Apache-2.0
// What a whole stack takes beside the network, which a graphics card or many cores make short:
// gaps in membranes are closed and slices packed as the window keeps them. The answers of all
// slices are known before anything is timed. Prints slices a second and how many cores worked.
//
// HandingOverBenchmark [STACK]    else the sample; taskset -c 0 shows one core
#include "tests/benchmarks/StackBenchmark.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>

using namespace emend;

namespace {

constexpr int rounds = 9;

struct Times
{
    double seconds;
    double coreSeconds;
};

Times timesOf(const PredictJob::Request& request)
{
    QElapsedTimer timer;
    timer.start();
    const std::clock_t before = std::clock();
    Prediction prediction(request.stack->size(), request.checkpoint->spec.classCount);
    JobContext job;
    PredictJob(request, [&](int z, const ProbabilityMap& map) {
        prediction.setSlice(z, map);
    }).run(job);
    return {double(timer.nsecsElapsed()) / 1e9,
            double(std::clock() - before) / double(CLOCKS_PER_SEC)};
}

void measure(PredictJob::Request request)
{
    request.slices.resize(size_t(request.stack->size().slices));
    std::iota(request.slices.begin(), request.slices.end(), 0);
    request.recent = std::make_shared<RecentAnswers>(2'000'000'000);
    timesOf(request);
    std::vector<Times> all;
    for (int i = 0; i < rounds; ++i)
        all.push_back(timesOf(request));
    std::ranges::sort(all, {}, &Times::seconds);
    const auto& [seconds, coreSeconds] = all[rounds / 2];
    std::printf("%.1f slices a second, %.2f of %d cores\n", request.stack->size().slices / seconds,
                coreSeconds / seconds, QThread::idealThreadCount());
}

} // namespace

int main(int argc, char** argv)
{
    return benchmarkStack(argc, argv, measure);
}
