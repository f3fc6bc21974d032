// SPDX-License-Identifier: Apache-2.0
#include "tests/support/CountingAllocator.h"

#include <c10/core/CPUAllocator.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace emend {

namespace {

/// What CountedMemory has seen.
struct AllocationCount
{
    std::atomic<qint64> bytes = 0;
    std::atomic<qint64> peakBytes = 0;
    std::atomic<int> allocations = 0;
    std::atomic<int> failing = 0;
};

AllocationCount count;

/// What LibTorch asks for memory.
class CountedMemory : public c10::Allocator
{
public:
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
    static constexpr size_t margin = 64;

    static void release(void* data)
    {
        if (!data)
            return;
        void* whole = static_cast<char*>(data) - margin;
        count.bytes -= qint64(*static_cast<size_t*>(whole));
        std::free(whole);
    }
};

} // namespace

CountingAllocator::CountingAllocator()
{
    static auto* const memory = new CountedMemory; // tensors may outlive everything
    constexpr uint8_t priority = 100;
    c10::SetCPUAllocator(memory, priority);
}

CountingAllocator& CountingAllocator::get()
{
    static CountingAllocator allocator;
    return allocator;
}

void CountingAllocator::reset()
{
    count.peakBytes = count.bytes.load();
    count.allocations = 0;
    count.failing = 0;
}

void CountingAllocator::failAt(int nth)
{
    count.allocations = 0;
    count.failing = nth;
}

bool CountingAllocator::hasFailed() const
{
    return count.failing > 0 && count.allocations >= count.failing;
}

int CountingAllocator::allocations() const
{
    return count.allocations;
}

qint64 CountingAllocator::bytes() const
{
    return count.bytes;
}

qint64 CountingAllocator::peakBytes() const
{
    return count.peakBytes;
}

} // namespace emend
