// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/io/SectionDecoder.h"

#include <memory>

namespace emend {

/// Rectangles of the slices of one stack in the component type of its file. Any thread.
class ComponentSource
{
public:
    virtual ~ComponentSource() = default;

    /// Writes rect (inside the slice) of slice z, row after row. Throws Error.
    virtual void read(int z, Rect rect, void* out) = 0;
};

/// A file or folder that was judged and opened, before its values become grey.
struct OpenedStack
{
    StackInfo info; ///< all but bitsPerPixel
    Component component = Component::uint8;
    Rect preferredBlock{0, 0, 256, 256};
    std::unique_ptr<ComponentSource> source;
};

} // namespace emend
