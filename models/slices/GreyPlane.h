// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/learning/TrainingPatch.h"

#include <vector>

namespace emend {

/// Grey values, or any other number, of each pixel of a rectangle: what sections are drawn on.
struct GreyPlane
{
    int width = 0;
    int height = 0;
    std::vector<float> values; ///< row after row

    GreyPlane() = default;

    GreyPlane(int columns, int rows, float value = 0)
        : width(columns)
        , height(rows)
        , values(size_t(columns) * size_t(rows), value)
    {
    }

    float& at(int x, int y) { return values[size_t(y) * size_t(width) + size_t(x)]; }

    float at(int x, int y) const { return values[size_t(y) * size_t(width) + size_t(x)]; }

    bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }

    /// Adds factor times another plane of the same size.
    void add(const GreyPlane& other, double factor = 1);
};

/// Blurred by a Gaussian; pixels at the edge go on beyond it.
GreyPlane blurred(const GreyPlane& plane, double sigmaPx);

/// Independent normal numbers with mean 0.
GreyPlane whiteNoise(Random& random, int width, int height, double deviation);

/// Smooth hills and valleys with mean 0 and deviation about 1, that far from hill to hill.
GreyPlane smoothNoise(Random& random, int width, int height, double wavelengthPx);

/// Euclidean distance, in pixels, of each pixel to the nearest one that is 0 (exact; Felzenszwalb
/// and Huttenlocher 2012). Very large where there is none.
GreyPlane distanceToZero(const GreyPlane& plane);

/// Stretched to that size, linearly, from pixel centre to pixel centre.
GreyPlane resized(const GreyPlane& plane, int width, int height);

/// Enlarged by cubic convolution (Keys 1981), which keeps edges and grain sharper.
GreyPlane enlarged(const GreyPlane& plane, int width, int height);

} // namespace emend
