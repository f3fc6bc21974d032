// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

namespace emend {

class CardKernels;
class ComputeDevice;

// What a graphics card offers beyond tensors, in terms that a processor can play, too. The card's
// own side is the library emend_cuda (models/cuda/), which is loaded where there is a card; tests
// have another that runs everything as late, and in as odd an order, as is allowed. No code here
// but destructors, so that the library need not find any in the program. Compute thread only.

/// A place in a stream: it is reached when everything before it is done.
class CardMark
{
public:
    virtual ~CardMark() = default;
    virtual bool isReached() const = 0;

    /// Until it is reached.
    virtual void await() const = 0;
};

/// Work that is done one after the other, beside that of other streams.
class CardStream
{
public:
    virtual ~CardStream() = default;

    /// Adds what work does with tensors to the stream. It may be done after the return, so what
    /// work uses must stay as it is until a mark behind it is reached; work takes everything by
    /// value, for it may itself be called late.
    virtual void run(const std::function<void()>& work) = 0;

    virtual std::shared_ptr<CardMark> mark() = 0;

    /// What follows in this stream begins after the mark, of another one, is reached.
    virtual void waitFor(const CardMark& mark) = 0;
};

/// Work that was recorded once and can be repeated without the processor's help: the same
/// operations on the same memory.
class CardGraph
{
public:
    virtual ~CardGraph() = default;
    virtual void replay(CardStream& stream) = 0;
};

class CardRuntime
{
public:
    virtual ~CardRuntime() = default;

    virtual at::Device device() const = 0;

    virtual std::shared_ptr<CardStream> makeStream() = 0;

    /// Records what work does, without doing it. The same work must have run on this stream
    /// before, three times or more, and be done. work may not look at a number on the card.
    virtual std::unique_ptr<CardGraph> record(CardStream& stream,
                                              const std::function<void()>& work) = 0;

    /// On the processor, in memory that the card reads and writes by itself. At least one element.
    virtual at::Tensor hostTensor(at::IntArrayRef sizes, at::ScalarType type) = 0;

    /// Null where they were not built. They live as long as this.
    virtual const CardKernels* kernels() const = 0;
};

/// Of emend_cuda: exported there with C names, see models/cuda/CudaRuntime.cpp.
constexpr int cardRuntimeVersion = 1; ///< changes with the classes above
using CardRuntimeVersionFunction = int();
using MakeCardRuntimeFunction = CardRuntime*(int cudaIndex);

/// The runtime of a card; null for the CPU, and where emend_cuda or what it needs is not there.
/// It is looked for beside the program and loaded at the first call.
std::unique_ptr<CardRuntime> makeCardRuntime(const ComputeDevice& device);

} // namespace emend
