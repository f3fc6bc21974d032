// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/ThreadSwitch.h"

#include <ATen/Context.h>

namespace emend {

/// While it lives, networks that this thread runs forwards are computed by LibTorch's own
/// operators, one after the other, and FP32 has all its digits on a card too: what Emend's ways are
/// compared with. Gradients go the way that the network went forwards.
///
/// On a card one at a time, for that flag is the process's.
class PlainOperators
{
public:
    PlainOperators()
        : m_areWanted(true)
        , m_wasTf32(at::globalContext().allowTF32CuDNN())
    {
        at::globalContext().setAllowTF32CuDNN(false);
    }

    ~PlainOperators() { at::globalContext().setAllowTF32CuDNN(m_wasTf32); }

    PlainOperators(const PlainOperators&) = delete;
    PlainOperators& operator=(const PlainOperators&) = delete;

    static bool areWanted() { return ThreadSwitch<PlainOperators>::isOn(); }

private:
    ThreadSwitch<PlainOperators> m_areWanted;
    bool m_wasTf32;
};

} // namespace emend
