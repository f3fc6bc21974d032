// SPDX-License-Identifier: Apache-2.0
#include "models/torch/Reproducible.h"

#include <ATen/Context.h>

namespace emend {

Reproducible::Reproducible(bool isWanted)
    : m_isWanted(isWanted)
    , m_wasDeterministic(at::globalContext().deterministicAlgorithms())
    , m_wasWarningOnly(at::globalContext().deterministicAlgorithmsWarnOnly())
    , m_wasCuDnnDeterministic(at::globalContext().deterministicCuDNN())
    , m_wasMkldnnDeterministic(at::globalContext().deterministicMkldnn())
    , m_wasCuDnnBenchmark(at::globalContext().benchmarkCuDNN())
{
    if (!m_isWanted)
        return;
    at::globalContext().setDeterministicAlgorithms(true, false);
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setDeterministicMkldnn(true);
    at::globalContext().setBenchmarkCuDNN(false);
}

Reproducible::~Reproducible()
{
    if (!m_isWanted)
        return;
    at::globalContext().setDeterministicAlgorithms(m_wasDeterministic, m_wasWarningOnly);
    at::globalContext().setDeterministicCuDNN(m_wasCuDnnDeterministic);
    at::globalContext().setDeterministicMkldnn(m_wasMkldnnDeterministic);
    at::globalContext().setBenchmarkCuDNN(m_wasCuDnnBenchmark);
}

} // namespace emend
