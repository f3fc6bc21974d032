// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/learning/TrainingPatch.h"

namespace emend {

/// How one patch is varied: drawn on the processor, applied here or on a graphics card.
struct PatchVariation
{
    bool transposes = false;
    bool mirrorsX = false;
    bool mirrorsY = false;
    double gamma = 1;
    float contrast = 1;
    float brightness = 0;
    bool isBlurred = false;
    float noise = 0; ///< its standard deviation

    /// What augment() would do.
    static PatchVariation drawn(Random& random);
};

/// Grey values beyond it are not bent by gamma, those between -span and span are.
constexpr float gammaSpan = 3;

/// Applied to a patch; random: for the noise only.
void apply(const PatchVariation& variation, TrainingPatch& patch, Random& random);

/// One of the eight ways to turn and mirror a square, for grey values and targets alike.
void turnAndMirror(TrainingPatch& patch, Random& random);

/// Other stain, exposure and noise: contrast, brightness, gamma, sometimes blur and white noise.
/// Grey values only, in place.
void varyGrey(TrainingPatch& patch, Random& random);

/// The light augmentation of interactive learning: both of the above. Rotation, scale and elastic
/// deformation cost more than they bring within a minute of training.
void augment(TrainingPatch& patch, Random& random);

} // namespace emend
