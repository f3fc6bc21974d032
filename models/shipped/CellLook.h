// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <vector>

namespace emend {

/// Which cell each pixel of a section belongs to, how far it is from the cell's membrane, and
/// how deep in a mitochondrion.
struct CellMap
{
    std::vector<quint16> cells; ///< row after row
    GreyPlane membraneDistance; ///< nanometres from the middle of the membrane

    /// Nanometres inside of the edge of a mitochondrion, less than 0 elsewhere; empty where nobody
    /// knows.
    GreyPlane mitochondriaDepth;
};

/// Gives some cells a cytoplasm of their own, as tissue has them: dark (dying cells, and the
/// largest one of some sections, for glia fills wide areas), full of ribosomes or glycogen,
/// streaked by microtubules. What is dark or striped is then not yet a membrane. Membranes stay as
/// they are. For planes of about 3 to 7 nm a pixel.
void varyCells(GreyPlane& grey, const CellMap& cells, Random& random);

/// Gives mitochondria looks of their own, alike within a cell: in the medulla volume all are dark
/// and even, in serial sections dark to pale, striped by cristae, with a dark rim. Some stay as
/// they are. Does nothing where nobody knows where they are.
void varyMitochondria(GreyPlane& grey, const CellMap& cells, Random& random);

} // namespace emend
