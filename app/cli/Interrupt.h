// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

namespace emend {

/// While it lives, Ctrl+C (SIGINT, SIGTERM, SIGHUP) asks for a stop instead of ending the
/// process, so that commands leave nothing half-written. One at a time.
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    struct Watcher; // the pipe and thread that turn the signal into a stop, in Interrupt.cpp
    Watcher* m_watcher;
};

} // namespace emend
