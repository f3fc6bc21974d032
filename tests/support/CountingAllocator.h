// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <c10/core/CPUAllocator.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace emend {

/// What CountingAllocator has seen.
struct AllocationCount
{
    std::atomic<qint64> bytes = 0;
    std::atomic<qint64> peakBytes = 0;
    std::atomic<int> allocations = 0;
    std::atomic<int> failing = 0;
};

/// LibTorch's memory on the CPU comes from here, from the first call of get() to the end of the
/// program, for libraries give memory back to whoever is there then: call it before anything is
/// computed. Counts, and lets one allocation fail where a test wants it.
class CountingAllocator : public c10::Allocator
{
public:
    static CountingAllocator& get()
    {
        static auto* const allocator = new CountingAllocator; // tensors may outlive everything
        return *allocator;
    }

    /// Counts from here on.
    void reset()
    {
        count.peakBytes = count.bytes.load();
        count.allocations = 0;
        count.failing = 0;
    }

    /// The nth allocation from now on fails; 0: none does.
    void failAt(int nth)
    {
        count.allocations = 0;
        count.failing = nth;
    }

    /// Whether it did fail.
    bool hasFailed() const { return count.failing > 0 && count.allocations >= count.failing; }

    int allocations() const { return count.allocations; }

    qint64 bytes() const { return count.bytes; }

    qint64 peakBytes() const { return count.peakBytes; }

    c10::DataPtr allocate(size_t bytes) override
    {
        const int nth = ++count.allocations;
        if (nth == count.failing)
            throw std::bad_alloc();
        // The size lies before the memory, which stays aligned for vector instructions.
        void* whole = nullptr;
        if (posix_memalign(&whole, margin, bytes + margin) != 0)
            throw std::bad_alloc();
        *static_cast<size_t*>(whole) = bytes;
        const qint64 now = count.bytes += qint64(bytes);
        for (qint64 peak = count.peakBytes; now > peak;) {
            if (count.peakBytes.compare_exchange_weak(peak, now))
                break;
        }
        void* data = static_cast<char*>(whole) + margin;
        return {data, data, &release, c10::Device(c10::kCPU)};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &release; }

    void copy_data(void* to, const void* from, size_t bytes) const override
    {
        default_copy_data(to, from, bytes);
    }

private:
    CountingAllocator()
    {
        constexpr uint8_t priority = 100;
        c10::SetCPUAllocator(this, priority);
    }

    static constexpr size_t margin = 64;

    static inline AllocationCount count;

    static void release(void* data)
    {
        if (!data)
            return;
        void* whole = static_cast<char*>(data) - margin;
        count.bytes -= qint64(*static_cast<size_t*>(whole));
        std::free(whole);
    }
};

} // namespace emend
