// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"

#include <QtGlobal>

namespace emend {

/// How a published recipe is followed; what a recipe leaves open, and what one may wish to change.
struct RecipeOptions
{
    int maxSteps = 6400;
    int baseChannels = 64;
    quint64 seed = 0;
    bool isVaried = true; ///< with augmentation
    Precision precision = Precision::automatic;
    int threads = 0;             ///< 0: all cores
    bool isReproducible = false; ///< bit for bit, also on a graphics card; see Reproducible
    int logSteps = 100;          ///< from point to point
};

} // namespace emend
