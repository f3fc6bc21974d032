// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TrainingPatch.h"

namespace emend {

/// One of the eight ways to turn and mirror a square, for grey values and targets alike.
void turnAndMirror(TrainingPatch& patch, Random& random);

/// Other stain, exposure and noise: contrast, brightness, gamma, sometimes blur and white noise.
/// Grey values only, in place.
void varyGrey(TrainingPatch& patch, Random& random);

/// The light augmentation of interactive learning: both of the above. Rotation, scale and elastic
/// deformation cost more than they bring within a minute of training.
void augment(TrainingPatch& patch, Random& random);

} // namespace emend
