// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

bool isMrc(const QByteArray& head);

/// Opens an MRC2014 file (.mrc, .rec, .st, .map, .ali) of modes 0, 1, 2 and 6. The first row comes
/// out on top, although the file begins with the lowest; mode 0 has a sign where IMOD's stamp, the
/// version or the header's minimum says so. Throws Error.
OpenedStack openMrc(const std::shared_ptr<const InputFile>& file);

} // namespace emend
