// SPDX-License-Identifier: Apache-2.0
#include "models/torch/benchmark/PeakFlops.h"

#include <ATen/DeviceAccelerator.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;

/// What is multiplied in one attempt.
struct Product
{
    int64_t side;
    int repeats;
};

// On a CPU that others use too, a short turn is more likely to be undisturbed, and a long one is
// better at filling wide units; a card needs a long one.
constexpr std::array cpuProducts = {Product{512, 1}, Product{1024, 1}};
constexpr std::array cudaProducts = {Product{4096, 20}, Product{8192, 10}};
constexpr int fewestAttempts = 5;
constexpr double leastSeconds = 0.5; ///< for each

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void finish(c10::Device device)
{
    if (device.is_cuda())
        at::accelerator::synchronizeDevice(device.index());
}

double fastest(const Product& product, c10::Device device, c10::ScalarType type, JobContext& job)
{
    const double side = double(product.side);
    const double work = 2 * side * side * side * product.repeats;
    // Not ones: numbers that are all alike take a card less power, so that it runs faster.
    const at::Tensor a =
        at::randn({product.side, product.side}, at::TensorOptions(device).dtype(type));
    at::Tensor b = at::mm(a, a); // libraries prepare themselves at the first call
    double best = 0;
    const auto start = Clock::now();
    for (int i = 0; i < fewestAttempts || secondsSince(start) < leastSeconds; ++i) {
        job.checkCancelled();
        finish(device);
        const auto startOfAttempt = Clock::now();
        for (int j = 0; j < product.repeats; ++j)
            b = at::mm(a, a);
        finish(device);
        best = std::max(best, work / secondsSince(startOfAttempt));
    }
    return best;
}

} // namespace

double peakFlops(c10::Device device, c10::ScalarType type, JobContext& job)
{
    const c10::InferenceMode inferenceMode;
    double best = 0;
    for (const Product& product : device.is_cuda() ? cudaProducts : cpuProducts)
        best = std::max(best, fastest(product, device, type, job));
    return best;
}

} // namespace emend
