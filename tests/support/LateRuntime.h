// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/cards/CardRuntime.h"
#include "tests/support/HostKernels.h"

#include <random>
#include <vector>

namespace emend {

/// A graphics card as awkward as one may be, on the processor: nothing is done before somebody
/// waits for it, and then streams take turns as dice fall. What a stream does not wait for, it
/// meets too early or too late: a missing mark shows as a wrong answer.
class LateRuntime : public CardRuntime
{
public:
    explicit LateRuntime(unsigned seed);

    at::Device device() const override;
    std::shared_ptr<CardStream> makeStream() override;
    std::unique_ptr<CardGraph> record(CardStream& stream,
                                      const std::function<void()>& work) override;
    at::Tensor hostTensor(at::IntArrayRef sizes, at::ScalarType type) override;
    const CardKernels* kernels() const override;

    int recordings = 0;
    int replays = 0;

private:
    struct Place;
    struct Item;
    class Mark;
    class Stream;
    class Graph;

    /// The next thing of any stream that need not wait.
    void doSomething();

    std::vector<std::shared_ptr<Stream>> m_streams;
    std::mt19937 m_random;
    HostKernels m_kernels;
};

} // namespace emend
