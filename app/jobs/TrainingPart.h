// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/recipes/ReferenceFolds.h"

#include <QString>

#include <optional>

namespace emend {

/// One model of a training by a published recipe: what it learns from, what it is judged on, and
/// where it goes.
struct TrainingPart
{
    std::optional<int> fold; ///< its number; empty: no fold
    Fold slices;
    QString modelPath;
};

} // namespace emend
