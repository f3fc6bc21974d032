// SPDX-License-Identifier: Apache-2.0
#include "models/cuda/CudaRuntime.h"

#include "models/cuda/CudaKernels.h"

// Not ATen/cuda/CUDAContext.h, nor what includes it: that wants the headers of cuSPARSE, cuBLAS and
// cuSOLVER, which the wheels that LibTorch needs do not all bring.
#include <ATen/Context.h>
#include <ATen/cuda/CUDAGraph.h>
#include <ATen/ops/empty.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

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

class CudaGraph : public CardGraph
{
public:
    /// Throws what work throws, or c10::Error; the stream can be used again then.
    CudaGraph(const CudaStream& stream, const std::function<void()>& work)
        : m_pool(at::cuda::graph_pool_handle())
    {
        const c10::cuda::CUDAStreamGuard guard(stream.stream());
        // The window's threads, and the next tile's, may go on meanwhile: only this thread is held
        // to the rules of recording.
        m_graph.capture_begin(m_pool, cudaStreamCaptureModeThreadLocal);
        try {
            work();
        } catch (...) {
            giveUp(stream.stream());
            throw;
        }
        m_graph.capture_end();
    }

    void replay(CardStream& stream) override
    {
        const c10::cuda::CUDAStreamGuard guard(static_cast<CudaStream&>(stream).stream());
        m_graph.replay();
    }

private:
    void giveUp(const c10::cuda::CUDAStream& stream)
    {
        try {
            m_graph.capture_end();
        } catch (const c10::Error&) {
            // It ends the recording first, and fails, for there is no whole one; then it leaves
            // out telling the allocator.
            c10::cuda::CUDACachingAllocator::endAllocateToPool(stream.device_index(), m_pool);
        }
        cudaGetLastError(); // forget it, else the next call that asks is told
    }

    at::cuda::MempoolId_t m_pool;
    at::cuda::CUDAGraph m_graph;
};

} // namespace

CudaRuntime::CudaRuntime(int cudaIndex)
    : m_device(at::kCUDA, c10::DeviceIndex(cudaIndex))
{
    at::globalContext().setBenchmarkCuDNN(true);
#ifdef EMEND_CUDA_KERNELS
    m_kernels = makeCudaKernels();
#endif
}

std::shared_ptr<CardStream> CudaRuntime::makeStream()
{
    return std::make_shared<CudaStream>(c10::cuda::getStreamFromPool(false, m_device.index()));
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
