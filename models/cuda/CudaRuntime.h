// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/cards/CardKernels.h"
#include "models/torch/cards/CardRuntime.h"

namespace emend {

/// CardRuntime on a CUDA card: streams of LibTorch's pool, events, CUDA graphs, pinned memory.
class CudaRuntime : public CardRuntime
{
public:
    /// A card has so many, which makeStream() gives out in turn: whoever uses a card takes three,
    /// to upload, to compute and to download.
    static constexpr size_t streamCount = 3;

    explicit CudaRuntime(int cudaIndex);

    at::Device device() const override { return m_device; }

    std::shared_ptr<CardStream> makeStream() override;
    std::unique_ptr<CardGraph> record(CardStream& stream,
                                      const std::function<void()>& work) override;
    at::Tensor hostTensor(at::IntArrayRef sizes, at::ScalarType type) override;

    const CardKernels* kernels() const override { return m_kernels.get(); }

private:
    at::Device m_device;
    size_t m_streamsMade = 0;
    std::unique_ptr<CardKernels> m_kernels; ///< null where nvcc did not build them
};

} // namespace emend
