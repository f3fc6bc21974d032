// SPDX-License-Identifier: Apache-2.0
#include "tests/support/LateRuntime.h"

#include <ATen/ops/empty.h>

#include <deque>
#include <stdexcept>

namespace emend {

struct LateRuntime::Place
{
    bool isReached = false;
};

struct LateRuntime::Item
{
    std::function<void()> work;
    std::shared_ptr<Place> waitsFor; ///< or this one
    std::shared_ptr<Place> reaches;  ///< or this one
};

class LateRuntime::Mark : public CardMark
{
public:
    Mark(LateRuntime& runtime, std::shared_ptr<Place> place)
        : m_runtime(runtime)
        , m_place(std::move(place))
    {
    }

    bool isReached() const override { return m_place->isReached; }

    void await() const override
    {
        while (!m_place->isReached)
            m_runtime.doSomething();
    }

    const std::shared_ptr<Place>& place() const { return m_place; }

private:
    LateRuntime& m_runtime;
    std::shared_ptr<Place> m_place;
};

class LateRuntime::Stream : public CardStream
{
public:
    explicit Stream(LateRuntime& runtime)
        : m_runtime(runtime)
    {
    }

    void run(const std::function<void()>& work) override { items.push_back({work, {}, {}}); }

    std::shared_ptr<CardMark> mark() override
    {
        const auto place = std::make_shared<Place>();
        items.push_back({{}, {}, place});
        return std::make_shared<Mark>(m_runtime, place);
    }

    void waitFor(const CardMark& mark) override
    {
        items.push_back({{}, dynamic_cast<const Mark&>(mark).place(), {}});
    }

    std::deque<Item> items;

private:
    LateRuntime& m_runtime;
};

class LateRuntime::Graph : public CardGraph
{
public:
    Graph(LateRuntime& runtime, std::function<void()> work)
        : m_runtime(runtime)
        , m_work(std::move(work))
    {
    }

    void replay(CardStream& stream) override
    {
        ++m_runtime.replays;
        stream.run(m_work);
    }

private:
    LateRuntime& m_runtime;
    std::function<void()> m_work;
};

LateRuntime::LateRuntime(unsigned seed)
    : m_random(seed)
{
}

at::Device LateRuntime::device() const
{
    return at::kCPU;
}

std::shared_ptr<CardStream> LateRuntime::makeStream()
{
    m_streams.push_back(std::make_shared<Stream>(*this));
    return m_streams.back();
}

std::unique_ptr<CardGraph> LateRuntime::record(CardStream& stream,
                                               const std::function<void()>& work)
{
    if (!dynamic_cast<Stream&>(stream).items.empty())
        throw std::logic_error("recorded while work was going on");
    ++recordings;
    return std::make_unique<Graph>(*this, work);
}

at::Tensor LateRuntime::hostTensor(at::IntArrayRef sizes, at::ScalarType type)
{
    return at::empty(sizes, type);
}

const CardKernels* LateRuntime::kernels() const
{
    return &m_kernels;
}

void LateRuntime::doSomething()
{
    std::vector<Stream*> ready;
    for (const auto& stream : m_streams) {
        if (!stream->items.empty() &&
            (!stream->items.front().waitsFor || stream->items.front().waitsFor->isReached))
            ready.push_back(stream.get());
    }
    if (ready.empty())
        throw std::logic_error("waits for what never comes");
    Stream& stream = *ready[m_random() % ready.size()];
    const Item item = stream.items.front();
    stream.items.pop_front();
    if (item.work)
        item.work();
    if (item.reaches)
        item.reaches->isReached = true;
}

} // namespace emend
