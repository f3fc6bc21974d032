// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"
#include "core/io/InputFile.h"

namespace emend {

bool isPng(const QByteArray& head);

/// Opens a PNG picture as a section. The format can only be decoded whole, which is done at the
/// first read (up to 2^28 pixels; more is refused). Colours that are all grey count as grey.
/// Throws Error.
OpenedStack openPng(const std::shared_ptr<const InputFile>& file);

} // namespace emend
