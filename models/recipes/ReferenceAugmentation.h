// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/learning/TrainingPatch.h"
#include "models/recipes/ReferenceSection.h"

namespace emend {

/// One draw of the augmentation of NVIDIA's "UNet Medical": mirrored across, mirrored down, a box
/// of the framed section stretched to all of it, all of it brighter or darker; in this order.
/// A value.
struct ReferenceVariation
{
    bool isMirroredAcross = false;
    bool isMirroredDown = false;
    double left = 0; ///< the box, in shares of the framed section
    double top = 0;
    double right = 1;
    double bottom = 1;
    double brightness = 0;

    static ReferenceVariation draw(Random& random);

    ReferenceSection applyTo(ReferenceSection section) const;
};

} // namespace emend
