// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"
#include "core/labels/LabelVolume.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/recipes/RecipeOptions.h"
#include "models/recipes/ReferenceFolds.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace emend {

/// The two parts of the reference recipe's loss, without the penalty on the weights' squares.
struct ReferenceLosses
{
    double crossEntropy = 0;
    double dice = 0; ///< 1 - the soft Dice of both classes

    double total() const { return crossEntropy + dice; }

    /// What the tables of NVIDIA's "UNet Medical" call Dice.
    double score() const { return 1 - dice; }
};

/// The numbers of the recipe that are open; as they stand they are the published ones.
struct ReferenceOptions : RecipeOptions
{
    int batch = 8;
    int stateSteps = 500;
    QString statePath;  ///< where the state of the run is kept; empty: nowhere
    QString resumePath; ///< a state to go on from; empty: begin
};

/// What a stack is for the recipe: grey values and two classes, the first of them the membrane's.
struct ReferenceData
{
    std::shared_ptr<const ImageStack> stack;
    LabelVolume labels;
    QStringList classNames;
};

/// One line of the log.
struct ReferencePoint
{
    int step = 0; ///< from 0; those of an evaluation: how many were done
    ReferenceLosses losses;
    bool isEvaluation = false;
};

/// The recipe of NVIDIA's "UNet Medical" (TensorFlow 2, 2020) to the letter: whole slices at
/// 388 x 388 in a grey frame, mirrored, stretched and brightened; Adam 1e-4 throughout; 5e-4 of
/// the weights' squares in the loss; dropout at the bottleneck. The steps of a run are exactly
/// maxSteps, where the original makes one more.
///
/// Lives and is used on the compute thread. Throws Error or Cancelled. The same options give the
/// same weights, bit for bit on a CPU, also when the run was stopped and resumed.
class ReferenceTrainer
{
public:
    using Observer = std::function<void(const ReferencePoint&)>;

    ReferenceTrainer(ReferenceOptions options, ComputeDevice device);

    /// Learns from the fold's training slices; where it has others, ends with their score, which
    /// is in the lineage of the model. name: of the model. observer is called on this thread.
    std::shared_ptr<const Checkpoint> train(const ReferenceData& data, const Fold& fold,
                                            const QString& name, JobContext& job,
                                            const Observer& observer = {});

private:
    ReferenceOptions m_options;
    ComputeDevice m_device;
};

/// The losses of a model of the recipe on some slices, as the recipe takes them: at 388 x 388,
/// the mean of batches.
ReferenceLosses referenceLosses(const Checkpoint& model, const ReferenceData& data,
                                const std::vector<int>& slices, int batch, ComputeDevice device,
                                Precision precision, JobContext& job);

} // namespace emend
