// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/ScaledSlice.h"

namespace emend {

/// Whether the thin structures of a stack (membranes) are bright on dark, as in sections whose
/// contrast was inverted. Looks at the middle of a few slices: dark lines on a bright ground pull a
/// difference of two Gaussians of the width of a membrane to one side, bright lines to the other
/// (the sign of its third central moment). Of grey values only their order counts. Slices that
/// cannot be read are left aside.
bool hasBrightMembranes(const ImageStack& stack, PixelScale scale);

} // namespace emend
