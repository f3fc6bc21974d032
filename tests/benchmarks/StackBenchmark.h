// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/PredictJob.h"
#include "app/session/Sample.h"
#include "core/Error.h"
#include "core/io/StackReader.h"

#include <QCoreApplication>

#include <cstdio>

namespace emend {

/// The main() of a benchmark that predicts the stack named by its first argument, else the sample,
/// by "membrane" on the best device. measure(request): which slices is left open.
template <typename Measure>
int benchmarkStack(int argc, char** argv, Measure measure)
{
    prepareProcessForCompute();
    QCoreApplication application(argc, argv);
    try {
        const auto stack = StackReader::open(application.arguments().value(1, Sample::stackPath()));
        measure(PredictJob::Request{stack,
                                    stack->info().voxelSize,
                                    Checkpoint::find(QStringLiteral("membrane")),
                                    {},
                                    ComputeDevice::best(),
                                    {}});
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}

} // namespace emend
