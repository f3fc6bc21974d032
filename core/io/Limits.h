// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// What a stack may have at most, checked before anything is allocated for it.
struct Limits
{
    static constexpr qint64 sidePx = 262144;
    static constexpr qint64 pixelsPerSection = 1ll << 30;
    static constexpr qint64 slices = 65535;

    /// Throws Error, naming the file or section, where a section cannot have such a size.
    static void checkSection(qint64 width, qint64 height, const QString& name);

    /// The same for a whole stack.
    static void checkStack(qint64 width, qint64 height, qint64 slices, const QString& name);
};

} // namespace emend
