// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/UNetSpec.h"
#include "models/benchmark/LatencyStatistics.h"

#include <QString>

#include <memory>
#include <optional>

namespace emend {

/// Measures how fast a network of a shape predicts or learns: random weights, random images.
///
/// Prediction is that of Predictor (BatchNorm folded, no tiles), learning a step of Trainer's. On a
/// card both are one graph where emend_cuda is there; then images always come from the host.
/// Lives and is used on the compute thread. Throws Error when memory runs out.
class NetworkBenchmark
{
public:
    enum class Mode { inference, training };

    /// Whose way through the network: Emend's, or LibTorch's operators one after the other.
    enum class Path { own, plain };

    struct Plan
    {
        Mode mode = Mode::inference;
        Path path = Path::own;
        UNetSpec spec;
        int sizePx = 512; ///< one that the network takes
        int batch = 1;
        Precision precision = Precision::fp32; ///< resolved
        ComputeDevice device;
        int threads = 0; ///< 0: all cores
        quint64 seed = 1;

        /// The images of each batch are made anew in the computer's memory and brought to the
        /// device; else the same ones lie on the device.
        bool withInput = false;
    };

    struct Result
    {
        double imagesPerSecond = 0; ///< all images by all the time, batches one after the other
        LatencyStatistics batches;  ///< each waited for before the next one begins
        double flopsPerImage = 0;   ///< of convolutions
        std::optional<double> loss; ///< training: that of the last step

        double flopsPerSecond() const { return imagesPerSecond * flopsPerImage; }
    };

    explicit NetworkBenchmark(const Plan& plan);
    ~NetworkBenchmark();

    /// One batch to its end, all of its work done. The loss, when it learns.
    std::optional<double> runBatch(JobContext& job);

    /// One after the other, and waits for the end of the last one.
    void runBatches(int count, JobContext& job);

    /// warmUp batches that do not count, then so many that do.
    Result measure(int warmUp, int iterations, JobContext& job);

    /// The most operations a second that the device gives to a multiplication of two large square
    /// matrices in that precision: the fastest of several. About a second.
    static double measuredPeakFlops(const ComputeDevice& device, Precision precision, int threads,
                                    JobContext& job);

    /// threads, or all cores where it is 0.
    static int threadsOf(int threads);

    /// For example "LibTorch 2.11.0".
    static QString library();

private:
    struct Network; // torch is in NetworkBenchmark.cpp
    Plan m_plan;
    std::unique_ptr<Network> m_network;
};

} // namespace emend
