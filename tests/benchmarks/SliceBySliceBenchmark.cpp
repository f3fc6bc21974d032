// SPDX-License-Identifier: Apache-2.0
// What a person waits for who predicts slice after slice, correcting each: milliseconds from the
// start of a job for one slice to its end, when each job is on its own, when it shares what was
// answered before, and when the same slice is predicted once more. Asked in turn for each slice, so
// that a busy minute slows all three alike.
//
// SliceBySliceBenchmark [STACK]    else the sample
#include "tests/benchmarks/StackBenchmark.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace emend;

namespace {

constexpr int mostSlices = 20;

double millisecondsFor(const PredictJob::Request& request)
{
    QElapsedTimer timer;
    timer.start();
    JobContext job;
    PredictJob(request, [](int, const ProbabilityMap&) {}).run(job);
    return double(timer.nsecsElapsed()) / 1e6;
}

double medianOf(std::vector<double> times)
{
    std::ranges::sort(times);
    return times.at(times.size() / 2);
}

void measure(PredictJob::Request request)
{
    const auto recent = std::make_shared<RecentAnswers>();
    std::vector<double> alone;
    std::vector<double> shared;
    std::vector<double> again;
    for (int z = 0; z < std::min(mostSlices, request.stack->size().slices); ++z) {
        request.slices = {z};
        request.recent = nullptr;
        alone.push_back(millisecondsFor(request));
        request.recent = recent;
        shared.push_back(millisecondsFor(request));
        again.push_back(millisecondsFor(request));
    }
    const double reference = medianOf(alone);
    const auto print = [reference](const char* what, const std::vector<double>& times) {
        const double median = medianOf(times);
        std::printf("%-20s %7.1f ms  %5.2f times as fast\n", what, median, reference / median);
    };
    print("each on its own", alone);
    print("slice after slice", shared);
    print("the same once more", again);
}

} // namespace

int main(int argc, char** argv)
{
    return benchmarkStack(argc, argv, measure);
}
