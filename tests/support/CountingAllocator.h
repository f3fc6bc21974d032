// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace emend {

/// LibTorch's memory on the CPU comes from here, from the first call of get() to the end of the
/// program, for libraries give memory back to whoever is there then: call it before anything is
/// computed. Counts, and lets one allocation fail where a test wants it.
class CountingAllocator
{
public:
    static CountingAllocator& get();

    /// Counts from here on.
    void reset();

    /// The nth allocation from now on fails; 0: none does.
    void failAt(int nth);

    /// Whether it did fail.
    bool hasFailed() const;

    int allocations() const;
    qint64 bytes() const;
    qint64 peakBytes() const;

private:
    CountingAllocator();
};

} // namespace emend
