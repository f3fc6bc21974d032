// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace emend {

/// While it lives, float32 convolutions that this thread runs forwards multiply in bf16, if that is
/// wanted and they can (WinogradConvolution). Gradients go the way that the network went forwards.
class Bf16Products
{
public:
    explicit Bf16Products(bool areWanted)
        : m_wereWanted(wanted())
    {
        wanted() = areWanted;
    }

    ~Bf16Products() { wanted() = m_wereWanted; }

    Bf16Products(const Bf16Products&) = delete;
    Bf16Products& operator=(const Bf16Products&) = delete;

    static bool areWanted() { return wanted(); }

private:
    static bool& wanted()
    {
        thread_local bool areWanted = false;
        return areWanted;
    }

    bool m_wereWanted;
};

} // namespace emend
