// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <vector>

namespace emend {

/// Which cell each pixel of a section belongs to, and how far it is from the cell's membrane.
struct CellMap
{
    std::vector<quint16> cells; ///< row after row
    GreyPlane membraneDistance; ///< nanometres from the middle of the membrane
};

/// Gives some cells a cytoplasm of their own, as tissue has them: dark (dying cells, and the
/// largest one of some sections, for glia fills wide areas), full of ribosomes or glycogen,
/// streaked by microtubules. What is dark or striped is then not yet a membrane. Membranes stay as
/// they are. For planes of about 3 to 7 nm a pixel.
void varyCells(GreyPlane& grey, const CellMap& cells, Random& random);

/// What preparation and microscope do to a section: focus, places out of focus, pale or dark, wide
/// dark areas of little contrast, stain and exposure, slopes of brightness, grain. Values end up
/// between about 0 and 1.
void varyLook(GreyPlane& grey, Random& random);

/// Mean 0 and deviation 1 over all values, as sections come to the network.
std::vector<float> normalised(GreyPlane grey);

} // namespace emend
