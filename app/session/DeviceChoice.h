// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ComputeDevice.h"

#include <chrono>
#include <functional>
#include <future>
#include <optional>

namespace emend {

/// The device that models run on: the one that was set, else the best there is. That one is looked
/// for beside the GUI, for where there is a graphics card its libraries take seconds to load. GUI
/// thread.
class DeviceChoice
{
public:
    /// Begins to look; isFound is called on another thread.
    explicit DeviceChoice(const std::function<void()>& isFound)
        : m_best(std::async(std::launch::async, [isFound] {
                     const ComputeDevice best = ComputeDevice::best();
                     isFound();
                     return best;
                 }).share())
    {
    }

    void set(ComputeDevice device) { m_set = device; }

    /// Waits for the end of the search.
    const ComputeDevice& get() const { return m_set ? *m_set : m_best.get(); }

    /// Whether get() would not wait.
    bool isKnown() const
    {
        return m_set || m_best.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }

private:
    std::optional<ComputeDevice> m_set;
    std::shared_future<ComputeDevice> m_best;
};

} // namespace emend
