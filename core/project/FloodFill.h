// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"
#include "core/project/PaintShapes.h"

namespace emend {

/// The 4-connected pixels of slice z that have the class of the seed, nearest first, at most
/// maximumPx of them (0: all). Each pixel is in one run. Empty when the seed is off the slice.
PixelRuns floodRuns(const LabelVolume& labels, int z, Pixel seed, qint64 maximumPx = 0);

} // namespace emend
