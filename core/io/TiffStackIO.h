// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ItkSource.h"
#include "core/io/TiffDirectory.h"

#include <memory>

namespace emend {

/// A reader for ITK on the system's libtiff that streams any region of a judged TIFF stack.
/// ITK's own reader decodes whole files only, and several flavours wrong.
ItkReader newTiffStackIO(std::shared_ptr<const TiffDirectory> directory);

/// Opens a TIFF file. Throws Error.
OpenedStack openTiff(std::shared_ptr<const InputFile> file);

} // namespace emend
