// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace emend {

/// A switch of this thread alone, which stands as it is told to while this lives, then as before.
/// Each Tag has one; they are off.
template <class Tag>
class ThreadSwitch
{
public:
    explicit ThreadSwitch(bool isOn)
        : m_wasOn(state())
    {
        state() = isOn;
    }

    ~ThreadSwitch() { state() = m_wasOn; }

    ThreadSwitch(const ThreadSwitch&) = delete;
    ThreadSwitch& operator=(const ThreadSwitch&) = delete;

    static bool isOn() { return state(); }

private:
    static bool& state()
    {
        thread_local bool isOn = false;
        return isOn;
    }

    bool m_wasOn;
};

} // namespace emend
