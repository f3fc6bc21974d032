// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"

#include <functional>
#include <memory>

namespace itk {
class ImageIOBase;
}

namespace emend {

/// Gives back one reference to an ITK reader.
struct ItkRelease
{
    void operator()(itk::ImageIOBase* reader) const;
};

/// A reader of ITK's kind that streams regions of one stack. One thread at a time.
using ItkReader = std::unique_ptr<itk::ImageIOBase, ItkRelease>;

/// Reads through ITK readers: newReader is called for each thread that reads at the same time.
std::unique_ptr<ComponentSource> makeItkSource(std::function<ItkReader()> newReader);

} // namespace emend
