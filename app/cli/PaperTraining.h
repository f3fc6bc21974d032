// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QCommandLineParser>

namespace emend {

/// `train --preset paper`: training by the recipe of the U-Net paper.
namespace PaperTraining {

/// Returns the exit status. Throws UsageError, Error or Cancelled.
int run(const QCommandLineParser& parser, JobContext& job);

} // namespace PaperTraining

} // namespace emend
