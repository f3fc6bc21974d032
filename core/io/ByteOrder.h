// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <bit>

namespace emend {

/// Swaps values of elementBytes each where the file has the other byte order than this machine.
inline void toNativeOrder(void* values, qint64 byteCount, int elementBytes, bool isBigEndian)
{
    if (elementBytes == 1 || isBigEndian == (std::endian::native == std::endian::big))
        return;
    char* bytes = static_cast<char*>(values);
    for (qint64 at = 0; at + elementBytes <= byteCount; at += elementBytes)
        std::reverse(bytes + at, bytes + at + elementBytes);
}

} // namespace emend
