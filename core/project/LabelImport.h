// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/image/SliceRange.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"

#include <QString>

#include <map>
#include <optional>

namespace emend {

/// Which pixel value of a label file means which class: "0:membrane,255:inside".
struct ClassMap
{
    ClassTable classes;              ///< in the order in which they were named
    std::map<int, int> classOfValue; ///< pixel value to class index
    std::optional<int> ignoredValue; ///< pixels of this value are never learned from

    /// Throws Error where the text is no such list.
    static ClassMap parse(const QString& text);

    /// Values 1, 2, ... are these classes, 0 is "no class": what Emend itself exports.
    static ClassMap indices(const ClassTable& classes);
};

/// Reads a label stack as corrected labels. Values that the map does not name stay untouched.
/// Throws Error when the sizes differ, or when no pixel of the slices has a class.
LabelVolume importLabels(const ImageStack& labelFile, VolumeSize stackSize, const ClassMap& map,
                         const SliceRange& slices);

} // namespace emend
