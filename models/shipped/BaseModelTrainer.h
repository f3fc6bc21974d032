// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/Trainer.h"
#include "models/shipped/BaseModelPatches.h"

#include <memory>

namespace emend {

/// Makes the membrane model that Emend ships, from free data and no label of the user's.
/// Lives and is used on the compute thread.
class BaseModelTrainer
{
public:
    struct Options
    {
        int steps = 5000;
        int batch = 6;
        int baseChannels = 16;
        double learningRate = 2e-3;
        Precision precision = Precision::automatic;
        BaseModelPatches::Options patches;
    };

    BaseModelTrainer(Options options, ComputeDevice device)
        : m_options(options)
        , m_device(device)
    {
    }

    /// Throws Error or Cancelled.
    std::shared_ptr<const Checkpoint> train(const LabelledVolume& volume, const QString& name,
                                            JobContext& job, const Trainer::Observer& observer);

private:
    Options m_options;
    ComputeDevice m_device;
};

} // namespace emend
