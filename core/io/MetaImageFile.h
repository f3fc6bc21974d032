// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

bool isMetaImage(const QByteArray& head);

/// Opens a MetaImage (.mha, or .mhd with its pixels beside it), raw or packed with zlib, two or
/// three axes. The format has no unit, so its spacing is only told. Throws Error.
OpenedStack openMetaImage(const std::shared_ptr<const InputFile>& file);

} // namespace emend
