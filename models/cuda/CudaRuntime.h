// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/cards/CardKernels.h"
#include "models/torch/cards/CardRuntime.h"

namespace emend {

/// CardRuntime on a CUDA card: streams of LibTorch's pool, events, CUDA graphs, pinned memory.
/// cuDNN looks for its fastest kernels from here on, in the whole process: shapes are few.
class CudaRuntime : public CardRuntime
{
public:
    explicit CudaRuntime(int cudaIndex);

    at::Device device() const override { return m_device; }

    std::shared_ptr<CardStream> makeStream() override;
    std::unique_ptr<CardGraph> record(CardStream& stream,
                                      const std::function<void()>& work) override;
    at::Tensor hostTensor(at::IntArrayRef sizes, at::ScalarType type) override;

    const CardKernels* kernels() const override { return m_kernels.get(); }

private:
    at::Device m_device;
    std::unique_ptr<CardKernels> m_kernels; ///< null where nvcc did not build them
};

} // namespace emend
