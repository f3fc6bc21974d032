// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/project/TrainingSet.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// How a model learns; 0 means: chosen from the device and whether it starts from a model.
struct TrainingOptions
{
    int steps = 0;
    int batch = 0;
    int patchPx = 0; ///< a multiple of 16
    double learningRate = 0;
    quint64 seed = 1;
    int baseChannels = 16; ///< only when training starts from random weights
    Precision precision = Precision::automatic;
    int threads = 0;             ///< 0: all cores
    bool isReproducible = false; ///< the same model, bit for bit; see Reproducible

    /// All of learning, looking before and after included, takes about so long at most: where all
    /// steps take longer there are fewer. 0: all of them, and then one seed gives one model.
    double seconds = 0;
};

/// With what is left open chosen as a Trainer with that parent (null: random weights) chooses it.
TrainingOptions resolved(const TrainingOptions& wanted, const ComputeDevice& device,
                         const Checkpoint* parent);

/// One point of the learning curve, for the panel and the log.
struct TrainingPoint
{
    int step = 0;
    int steps = 0;
    double loss = 0;                    ///< mean since the point before
    std::optional<double> heldOutScore; ///< Dice on the held-out corrected pixels
};

/// What came of it. The old checkpoint is untouched in any case.
struct TrainingResult
{
    std::shared_ptr<const Checkpoint> checkpoint; ///< the new model
    std::vector<TrainingPoint> curve;
    std::optional<double> scoreBefore; ///< Dice of the old model on the held-out pixels
    std::optional<double> scoreAfter;  ///< empty when nothing was held out

    /// Held-out pixels that the old and the new model have clearly wrong (HeldOutScore).
    std::optional<qint64> clearlyWrongBefore;
    std::optional<qint64> clearlyWrongAfter;

    /// Held-out pixels do not say that it is worse than the old one: keep it. It is worse where
    /// both its score and its clear errors are.
    bool isBetter = true;
};

/// Teaches a model from corrected pixels: cross-entropy plus soft Dice on those pixels only,
/// patches half of them centred on corrections, some of what the parent believes where nobody did,
/// light augmentation, AdamW with warm-up and cosine, FP32 master weights under autocast, the mean
/// of the weights of the last fifth of the steps, BatchNorm statistics re-estimated at the end.
/// Where single places were corrected, the new model lies between its parent and what was learned
/// (NearParent.h).
/// Where held-out pixels are not learned better any more, learning ends before all steps are done.
/// Where the numbers grow beyond all bounds it begins once more, in FP32 and at a tenth of the
/// rate.
///
/// The same seed gives the same model, bit for bit on a CPU with the same number of threads; on a
/// graphics card only when isReproducible.
///
/// Lives and is used on the compute thread. Throws Error (nothing corrected, numbers that are no
/// longer finite) or Cancelled; the checkpoint it started from never changes.
class Trainer
{
public:
    using Observer = std::function<void(const TrainingPoint&)>;

    /// parent: the model to start from; null: random weights. When the classes of the training
    /// set are not those of the parent, only the last layer starts anew.
    Trainer(std::shared_ptr<const Checkpoint> parent, TrainingOptions options,
            ComputeDevice device);

    /// name: of the new model. observer is called on this thread.
    TrainingResult train(const TrainingSet& set, const QString& name, JobContext& job,
                         const Observer& observer = {});

private:
    struct Attempt;
    void learn(Attempt& attempt, const TrainingSet& set, JobContext& job) const;

    std::shared_ptr<const Checkpoint> m_parent;
    TrainingOptions m_options;
    ComputeDevice m_device;
};

} // namespace emend
