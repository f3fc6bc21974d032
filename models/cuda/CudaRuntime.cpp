// SPDX-License-Identifier: Apache-2.0
#include "models/cuda/CudaRuntime.h"

#include "models/cuda/CudaKernels.h"

// Not ATen/cuda/CUDAContext.h, nor what includes it: that wants the headers of cuSPARSE, cuBLAS and
// cuSOLVER, which the wheels that LibTorch needs do not all bring.
#include <ATen/core/CachingHostAllocator.h>
#include <ATen/cuda/CUDAGraph.h>
#include <ATen/ops/empty.h>
#include <c10/core/InferenceMode.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <array>
#include <map>
#include <mutex>

namespace emend {

namespace {

class CudaMark : public CardMark
{
public:
    explicit CudaMark(const c10::cuda::CUDAStream& stream) { m_event.record(stream); }

    bool isReached() const override { return m_event.query(); }

    void await() const override { m_event.synchronize(); }

    void holdBack(const c10::cuda::CUDAStream& stream) const { m_event.block(stream); }

private:
    mutable c10::cuda::CUDAEvent m_event; ///< block() is not const there, and changes nothing
};

class CudaStream : public CardStream
{
public:
    explicit CudaStream(const c10::cuda::CUDAStream& stream)
        : m_stream(stream)
    {
    }

    void run(const std::function<void()>& work) override
    {
        const c10::cuda::CUDAStreamGuard guard(m_stream);
        work();
    }

    std::shared_ptr<CardMark> mark() override { return std::make_shared<CudaMark>(m_stream); }

    void waitFor(const CardMark& mark) override
    {
        static_cast<const CudaMark&>(mark).holdBack(m_stream);
    }

    const c10::cuda::CUDAStream& stream() const { return m_stream; }

private:
    c10::cuda::CUDAStream m_stream;
};

/// Knows what becomes of it where the recording fails.
class Recording : public at::cuda::CUDAGraph
{
public:
    /// Whether it has cleared up after itself, or will when it goes.
    bool hasEnded() const { return capture_ended_; }
};

class CudaGraph : public CardGraph
{
public:
    /// Throws what work throws, or c10::Error; the stream and the card can be used again then.
    CudaGraph(const CudaStream& stream, const std::function<void()>& work)
        : m_pool(at::cuda::graph_pool_handle())
    {
        const c10::cuda::CUDAStreamGuard guard(stream.stream());
        // LibTorch's generator of random numbers takes part, and would keep tensors that learning
        // may not change.
        const c10::InferenceMode withGradients(false);
        // The maps of the runs before lie in memory that the allocator keeps, and must keep while
        // it records.
        c10::cuda::CUDACachingAllocator::emptyCache();
        try {
            // The window's threads, and the next tile's, may go on meanwhile: only this thread is
            // held to the rules of recording.
            m_graph.capture_begin(m_pool, cudaStreamCaptureModeThreadLocal);
            work();
            m_graph.capture_end();
        } catch (...) {
            giveUp(stream.stream());
            throw;
        }
    }

    void replay(CardStream& stream) override
    {
        const c10::cuda::CUDAStreamGuard guard(static_cast<CudaStream&>(stream).stream());
        m_graph.replay();
    }

private:
    /// Ends the recording wherever it failed. CUDAGraph leaves the rest undone where CUDA says that
    /// there is no whole graph: the allocators would take it for underway ever after.
    void giveUp(const c10::cuda::CUDAStream& stream)
    {
        if (!m_graph.hasEnded())
            tried([&] { m_graph.capture_end(); });
        cudaGetLastError(); // forget it, else the next call that asks is told
        if (m_graph.hasEnded())
            return;
        const auto card = stream.device_index();
        at::HostAllocator* host = at::getHostAllocator(at::kCUDA);
        tried([&] { c10::cuda::CUDACachingAllocator::endAllocateToPool(card, m_pool); });
        tried([&] { host->end_allocate_to_pool(m_pool); });
        tried([&] { c10::cuda::CUDACachingAllocator::releasePool(card, m_pool); });
        tried([&] { host->release_pool(m_pool); });
        tried([&] { // one that succeeds tells the generator of random numbers that it is over
            Recording nothing;
            nothing.capture_begin(at::cuda::graph_pool_handle(), cudaStreamCaptureModeThreadLocal);
            nothing.capture_end();
        });
        cudaGetLastError();
    }

    /// What there was nothing to do for says so by throwing.
    template <class Work>
    static void tried(Work work)
    {
        try {
            work();
        } catch (const std::exception&) {
        }
    }

    at::cuda::MempoolId_t m_pool;
    Recording m_graph;
};

/// Of each card, for good: freed memory belongs to its stream, so whoever came with new ones would
/// find none and fetch it all once more.
using Streams = std::array<c10::cuda::CUDAStream, CudaRuntime::streamCount>;

const Streams& streamsOf(c10::DeviceIndex card)
{
    static std::mutex mutex;
    static std::map<c10::DeviceIndex, Streams> all;
    const std::scoped_lock lock(mutex);
    const auto found = all.find(card);
    if (found != all.end())
        return found->second;
    const auto next = [card] {
        return c10::cuda::getStreamFromPool(false, card);
    };
    return all.emplace(card, Streams{next(), next(), next()}).first->second;
}

} // namespace

CudaRuntime::CudaRuntime(int cudaIndex)
    : m_device(at::kCUDA, c10::DeviceIndex(cudaIndex))
{
#ifdef EMEND_CUDA_KERNELS
    m_kernels = makeCudaKernels();
#endif
}

std::shared_ptr<CardStream> CudaRuntime::makeStream()
{
    const auto& streams = streamsOf(m_device.index());
    return std::make_shared<CudaStream>(streams[m_streamsMade++ % streams.size()]);
}

std::unique_ptr<CardGraph> CudaRuntime::record(CardStream& stream,
                                               const std::function<void()>& work)
{
    return std::make_unique<CudaGraph>(static_cast<CudaStream&>(stream), work);
}

at::Tensor CudaRuntime::hostTensor(at::IntArrayRef sizes, at::ScalarType type)
{
    return at::empty(sizes, at::TensorOptions(at::kCPU).dtype(type).pinned_memory(true));
}

} // namespace emend

// What the program looks for when it has loaded this library.
extern "C" {

__attribute__((visibility("default"))) int emendCardRuntimeVersion()
{
    return emend::cardRuntimeVersion;
}

/// The caller owns it.
__attribute__((visibility("default"))) emend::CardRuntime* emendMakeCardRuntime(int cudaIndex)
{
    return new emend::CudaRuntime(cudaIndex);
}
}
