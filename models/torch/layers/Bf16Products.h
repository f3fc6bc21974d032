// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/ThreadSwitch.h"

namespace emend {

/// Where it is on, float32 convolutions that this thread runs forwards multiply in bf16, if they
/// can (WinogradConvolution, UpConvolution). Gradients go the way that the network went forwards.
using Bf16Products = ThreadSwitch<struct Bf16ProductsTag>;

} // namespace emend
