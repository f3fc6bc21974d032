// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/TorchDevice.h"
#include "models/torch/layers/Bf16Products.h"

#include <ATen/autocast_mode.h>

namespace emend {

/// While it lives, convolutions on this thread compute in the given precision, everything that
/// needs FP32 stays there. Forward passes only: call backward() after it is gone.
///
/// Casts of weights are kept until the end of its life and dropped then; without that, training
/// would go on with the weights of the step before. Never share one between training and
/// validation.
class Autocast
{
public:
    /// precision: resolved.
    Autocast(at::DeviceType device, Precision precision)
        : m_products(precision == Precision::mixed)
        , m_device(device)
        , m_wasEnabled(at::autocast::is_autocast_enabled(device))
        , m_wasCaching(at::autocast::is_autocast_cache_enabled())
        , m_previousType(at::autocast::get_autocast_dtype(device))
    {
        const at::ScalarType type = torchType(precision);
        // FP32 needs no casts.
        at::autocast::set_autocast_enabled(device, type != at::kFloat);
        if (type != at::kFloat)
            at::autocast::set_autocast_dtype(device, type);
        at::autocast::set_autocast_cache_enabled(true);
        at::autocast::increment_nesting();
    }

    ~Autocast()
    {
        if (at::autocast::decrement_nesting() == 0)
            at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(m_device, m_wasEnabled);
        at::autocast::set_autocast_dtype(m_device, m_previousType);
        at::autocast::set_autocast_cache_enabled(m_wasCaching);
    }

    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    Bf16Products m_products;
    at::DeviceType m_device;
    bool m_wasEnabled;
    bool m_wasCaching;
    at::ScalarType m_previousType;
};

} // namespace emend
