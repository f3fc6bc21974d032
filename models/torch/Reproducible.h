// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace emend {

/// While it lives, LibTorch computes the same numbers, bit for bit, whenever it is given the same
/// numbers on one device with one build and one number of threads: it takes only kernels that
/// always add in the same order. On a graphics card they are the slower ones.
///
/// The flags are the process's: one at a time, compute thread only; they are put back at the end.
/// An operation without such a kernel throws c10::Error. cuBLAS has its part from
/// prepareProcessForCompute, for it looks at its environment once.
class Reproducible
{
public:
    /// isWanted: false: changes nothing.
    explicit Reproducible(bool isWanted);
    ~Reproducible();

    Reproducible(const Reproducible&) = delete;
    Reproducible& operator=(const Reproducible&) = delete;

private:
    bool m_isWanted;
    bool m_wasDeterministic;
    bool m_wasWarningOnly;
    bool m_wasCuDnnDeterministic;
    bool m_wasMkldnnDeterministic;
    bool m_wasCuDnnBenchmark;
};

} // namespace emend
