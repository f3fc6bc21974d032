// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <QJsonObject>

#include <map>
#include <string>

namespace emend {

/// All that a training run of the reference recipe needs to go on where it stopped, and to give
/// the weights that it would have given without the stop. A value, free of LibTorch.
///
/// The file is safetensors: names begin with "weight.", "mean." or "square." (moments of Adam).
struct ReferenceState
{
    UNetSpec spec;
    QJsonObject recipe; ///< what must be the same when the run goes on
    int step = 0;       ///< how many are done; with the seed, also where random choices stand
    int updates = 0;    ///< steps that were not left out
    double lossScale = 0;
    int goodSteps = 0; ///< since the loss scale changed
    std::map<std::string, WeightTensor> weights;
    std::map<std::string, WeightTensor> means;
    std::map<std::string, WeightTensor> squares;

    /// Through AtomicFile. Throws Error.
    void save(const QString& path) const;

    /// As careful with the file as Checkpoint::load. Throws Error.
    static ReferenceState load(const QString& path);
};

} // namespace emend
