// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/ClassTable.h"
#include "core/labels/Prediction.h"
#include "models/Checkpoint.h"
#include "models/cells/DecidedMembranes.h"

#include <QStringList>

#include <vector>

namespace emend {

/// Which class of the project each class of a model is: entry i belongs to the model's class
/// i + 1. By name; a model's class without a namesake takes the project's class at its own
/// position where that has no namesake either (the user has renamed it).
///
/// Classes that the project lacks are added to the table.
std::vector<int> mapModelClasses(const QStringList& modelClasses, ClassTable& classes);

/// What people decided about the class that is the model's "membrane" in the project.
DecidedMembranes decidedMembranes(const LabelVolume& labels, ClassTable classes,
                                  const Checkpoint& model);

/// The same probabilities with one plane for each class of the project.
ProbabilityMap mapPlanes(const ProbabilityMap& map, const std::vector<int>& projectClasses,
                         int projectClassCount);

} // namespace emend
