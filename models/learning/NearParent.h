// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/TrainingSet.h"
#include "models/Checkpoint.h"

namespace emend {

/// How much of what is learned goes into the weights of a new model; the rest stays as its parent
/// has it, weight by weight (M. Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR
/// 2022): 0.6 to 1.
///
/// Places that people correct are not like the rest of a stack: they are where the parent erred. So
/// a model that learns from single places becomes better there and, between its parent and itself,
/// better elsewhere. The more of the slices that were touched is corrected, the more they are like
/// the rest; where all of each is, all that is learned goes in. So it does, too, where there is no
/// parent, or it knows other classes.
double shareOfLearned(const TrainingSet& set, const Checkpoint* parent);

/// Of the same network. BatchNorm's statistics likewise.
void moveTowards(const Checkpoint& parent, double shareOfLearned, Checkpoint& model);

} // namespace emend
