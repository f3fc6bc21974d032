// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/cards/CardKernels.h"

#include <memory>

namespace emend {

/// On the current stream of the current card.
std::unique_ptr<CardKernels> makeCudaKernels();

} // namespace emend
