// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace emend {

/// Writes an 8-bit RGB picture (width * height * 3 bytes, row after row), whole or not at all.
/// Throws Error.
void writePng(const QString& path, int width, int height, const std::vector<quint8>& rgb);

} // namespace emend
