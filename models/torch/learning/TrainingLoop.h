// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/learning/Augmentation.h"
#include "models/learning/StepPlan.h"
#include "models/learning/TrainingPatch.h"
#include "models/torch/learning/GraphedTraining.h"
#include "models/torch/learning/TrainingStep.h"
#include "models/torch/learning/WeightAverage.h"

#include <functional>
#include <future>
#include <optional>
#include <vector>

namespace emend {

/// Learning was given up: its numbers grew beyond all bounds.
class NumbersLost : public Error
{
public:
    using Error::Error;
};

/// Steps of gradient descent on a network, at a rate with warm-up and cosine. The next batch is
/// drawn on a thread of its own meanwhile; the border that a network with valid padding does not
/// answer for is cut off its targets.
///
/// On a card that has a runtime a step is one graph (GraphedTraining), which varies the patches
/// itself; where the card will not have it, learning goes on the plain way. Never with other rules
/// than AdamW, and not where the same numbers are wanted each time.
/// Compute thread only.
class TrainingLoop
{
public:
    struct Options
    {
        int steps = 200;
        int batch = 4;
        double learningRate = 1e-3;  ///< at its peak; it warms up, and ends at a hundredth of it
        bool isRateConstant = false; ///< it does neither
        bool isVaried = true;        ///< with augmentation
        int warmUpSteps = 20;
        double averagedShare = 0; ///< the weights become the mean over this share of steps; 0: no
        double seconds = 0; ///< where all steps take longer, only so many as fit in; 0: all of them
        TrainingStep::Descent descent;
        Precision precision = Precision::fp32; ///< resolved
        int threads = 0;                       ///< 0: all cores
    };

    /// The network is trained in place, on the device. source and random must outlive the loop.
    TrainingLoop(UNet network, PatchSource& source, Random& random, const Options& options,
                 const ComputeDevice& device);

    /// After each step, or some of them where they are graphs: how many are done, and the loss.
    using Observer = std::function<void(int step, double loss)>;

    /// Throws Cancelled, or Error when memory runs out, NumbersLost when the numbers are no longer
    /// finite.
    void run(JobContext& job, const Observer& observer);

    /// How many there will be, as far as is known: less or more time may be left, and coolDown().
    int steps() const { return m_options.steps; }

    /// From an observer: nothing more is gained, so learning comes to its end. The rate falls from
    /// what it is now to its last value within a fifth of the steps done, which is where a long run
    /// gets its last bit from. Does nothing where the end is nearer than that, or the second time.
    void coolDown();

    /// Waits for what a card is still at: call it before the weights are looked at on the way.
    void settle() const;

    /// Another runtime than that of the device; for tests of the graph on a processor.
    void setRuntime(std::unique_ptr<CardRuntime> runtime) { m_runtime = std::move(runtime); }

    /// BatchNorm's running statistics anew from so many batches that are not varied, with the
    /// weights as they are now.
    void reestimateStatistics(int batches, JobContext& job);

private:
    struct Drawn
    {
        std::vector<TrainingPatch> patches;
        std::vector<PatchVariation> variations; ///< for the card to apply
    };

    /// Who varies the patches.
    enum class Variation { none, here, onCard };

    void drawAhead(Variation variation);
    TrainingStep::Batch takeBatch();
    static void fill(GraphedTraining::Batch& batch, const Drawn& drawn);
    GraphedTraining::Options graphOptions(int patchPx) const;
    std::optional<double> step(int index, JobContext& job);
    int runGraphed(JobContext& job, const Observer& observer);
    void take(const std::vector<GraphedTraining::Losses>& losses, const Observer& observer);
    void count(bool isGood, int steps);
    void report(int step, JobContext& job) const;
    double learningRateAt(int step) const;
    double plannedRateAt(int step) const;
    void fitIntoTime(double secondsOfStep);
    void endAfter(int steps);
    at::Tensor answeredFor(const at::Tensor& pixels) const;

    UNet m_network;
    PatchSource& m_source;
    Random& m_random;
    Options m_options;
    int m_plannedSteps; ///< the rate goes by them
    StepPlan m_plan;
    at::Device m_device;
    TrainingStep m_step;
    std::optional<WeightAverage> m_average;
    std::unique_ptr<CardRuntime> m_runtime;   ///< null: the plain way
    std::optional<GraphedTraining> m_graphed; ///< while it runs
    int m_coolFrom = 0;                       ///< from that step on it falls; 0: as planned
    int m_doneSteps = 0;
    int m_badSteps = 0;        ///< in a row
    std::future<Drawn> m_next; ///< last: it is waited for first
};

} // namespace emend
