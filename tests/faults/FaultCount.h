// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// How often a fault is tried: `usual` in every test run, `full` where EMEND_FAULTS=full.
inline int faultCount(int usual, int full)
{
    return qEnvironmentVariable("EMEND_FAULTS") == QStringLiteral("full") ? full : usual;
}

} // namespace emend
