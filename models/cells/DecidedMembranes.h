// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"

namespace emend {

struct GreyPlane;

/// What people decided about the membranes of a stack, whatever a model says. A snapshot; a value,
/// any thread.
class DecidedMembranes
{
public:
    /// Nothing is decided.
    DecidedMembranes() = default;

    /// The corrected pixels of labels; those of another class than "membrane" are none.
    DecidedMembranes(LabelVolume labels, const ClassTable& classes);

    /// Those of another class than membraneClass are none; 0: nothing is decided.
    DecidedMembranes(LabelVolume labels, int membraneClass);

    /// The share of section z that is corrected and can be read: 0..1. May wait for the disk.
    double share(int z) const;

    /// Puts 1 and 0 into a plane of probabilities of section z where somebody decided.
    void putInto(GreyPlane& plane, int z) const;

private:
    bool isKnown(int z) const;

    LabelVolume m_labels;
    int m_membrane = 0; ///< 0: none of the classes is
};

} // namespace emend
