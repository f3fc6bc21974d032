// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QCommandLineParser>

namespace emend {

/// `evaluate --folds`: each fold's model, or one model for all, on the slices that the fold keeps
/// for judging. By NVIDIA's measure, at 388 x 388, where the model is of their recipe, and at
/// the stack's own pixels in any case.
namespace FoldEvaluation {

/// Returns the exit status. Throws UsageError, Error or Cancelled.
int run(const QCommandLineParser& parser, JobContext& job);

} // namespace FoldEvaluation

} // namespace emend
