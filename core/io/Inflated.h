// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/InputFile.h"

#include <memory>

namespace emend {

/// The first bytes of what a gzip file or zlib stream holds, at most count; fewer where it is
/// damaged.
QByteArray inflatedHead(const InputFile& file, qint64 offset, qint64 count);

/// Unpacks a gzip file or zlib stream that begins at offset into a temporary file without a name,
/// which goes with the last user. Never unpacks more than count bytes; an end before that is the
/// caller's to notice. Throws Error where so much cannot come of so few bytes, or the disk is full.
std::shared_ptr<const InputFile> inflated(const InputFile& file, qint64 offset, qint64 count);

} // namespace emend
