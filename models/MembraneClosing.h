// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"

#include <QtGlobal>

#include <span>
#include <vector>

namespace emend {

/// Where membranes should be closed: 1 for the pixels of borders that are membrane for the most
/// part, gaps included; 0 elsewhere. One gap of a few pixels joins two cells in the masks.
///
/// A watershed (Vincent and Soille, IEEE Trans. Pattern Anal. Mach. Intell. 13:583, 1991) of the
/// membrane's probability, a little blurred, cuts the slice into basins; those that are hardly
/// deeper than their rim are none. Then neighbours are merged, the weakest border first, until the
/// mean probability along each border that is left is above 0.7.
///
/// Large slices are looked at area by area (1024 x 1024 pixels and 128 around), so that memory is
/// bounded; along the seams a border is judged by its part in the area.
///
/// membrane: probabilities 0..1 as learned, row after row. Takes about 17 ms for 512 x 512 pixels.
/// Any thread.
std::vector<quint8> closedMembranes(std::span<const float> membrane, int width, int height);

/// Makes membrane win there, by little, so that these places stay in doubt. map: as the model's
/// threshold decides (Checkpoint::decided); membrane: the class in it; weight: the model's
/// membraneWeight().
void closeMembranes(ProbabilityMap& map, int membrane, double weight);

} // namespace emend
