// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <vector>

namespace emend {

/// How much each pixel counts in the loss of the U-Net paper (Ronneberger, Fischer and Brox 2015,
/// equation 2): w(x) = w_c(x) + w0 exp(-(d1 + d2)^2 / (2 sigma^2)), w0 = 10, sigma = 5 pixels.
///
/// w_c makes up for the different frequencies of the classes. The second part, which is on pixels
/// of the first class only, keeps cells apart that nearly touch: d1 and d2 are the distances, in
/// pixels, from the pixel to the nearest pixel of the nearest and of the second nearest cell. A
/// cell is what hangs together (4-connected) of all classes but the first.

/// w_c of each class (class 1 first) from how many pixels it has: such that every class counts as
/// much as any other and the mean over pixels is 1. 0 for a class without pixels.
std::vector<float> balancingWeights(const std::vector<qint64>& pixelsOfClasses);

/// w of each pixel. classes: class (from 1) of each pixel, 0 = unknown: there it is 0. Cells that
/// are farther than 5 sigma away are left out; they would add less than 4e-5.
GreyPlane borderWeights(const std::vector<quint8>& classes, int width, int height,
                        const std::vector<float>& weightsOfClasses);

} // namespace emend
