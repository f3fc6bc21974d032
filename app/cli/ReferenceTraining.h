// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QCommandLineParser>

namespace emend {

/// `train --preset reference`: training by the recipe of NVIDIA's "UNet Medical".
namespace ReferenceTraining {

/// Returns the exit status. Throws UsageError, Error or Cancelled.
int run(const QCommandLineParser& parser, JobContext& job);

} // namespace ReferenceTraining

} // namespace emend
