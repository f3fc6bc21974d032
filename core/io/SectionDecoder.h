// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <memory>

namespace emend {

/// What one grey pixel of a file is.
enum class Component { uint8, int8, uint16, int16, uint32, int32, float32, float64 };

inline int byteCount(Component component)
{
    switch (component) {
    case Component::uint8:
    case Component::int8:
        return 1;
    case Component::uint16:
    case Component::int16:
        return 2;
    case Component::uint32:
    case Component::int32:
    case Component::float32:
        return 4;
    case Component::float64:
        return 8;
    }
    return 1;
}

/// Decodes rectangles of the slices of one file, in the component type of the file and the byte
/// order of this machine. One thread at a time.
class SectionDecoder
{
public:
    virtual ~SectionDecoder() = default;

    /// Writes rect (inside the slice) of slice z, row after row. Throws Error.
    virtual void read(int z, Rect rect, void* out) = 0;
};

} // namespace emend
