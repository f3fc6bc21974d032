// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <utility>

namespace emend {

/// While it lives, networks that this thread runs say after each group of layers that it is done,
/// and a step of learning that all gradients are there: for whoever wants to know where the time
/// goes (LayerProfile) or to stop between two of them (TrainingStep). Those who listened before
/// hear it, too. Without a listener a mark costs nothing worth measuring.
class LayerMarks
{
public:
    /// name: "encoder0" and so on, as weights are named; "gradients". map: what the group gave.
    using Listener = std::function<void(const std::string& name, const at::Tensor& map)>;

    explicit LayerMarks(Listener listener)
        : m_before(std::exchange(current(), this))
        , m_listener(std::move(listener))
    {
    }

    ~LayerMarks() { current() = m_before; }

    LayerMarks(const LayerMarks&) = delete;
    LayerMarks& operator=(const LayerMarks&) = delete;

    static void pass(const char* name, const at::Tensor& map = {})
    {
        for (const LayerMarks* marks = current(); marks; marks = marks->m_before)
            marks->m_listener(name, map);
    }

    static void pass(const char* name, size_t level, const at::Tensor& map)
    {
        if (current())
            pass((name + std::to_string(level)).c_str(), map);
    }

private:
    static LayerMarks*& current()
    {
        thread_local LayerMarks* marks = nullptr;
        return marks;
    }

    LayerMarks* m_before;
    Listener m_listener;
};

} // namespace emend
