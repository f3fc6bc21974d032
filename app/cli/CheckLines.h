// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectRecords.h"

#include <QCoreApplication>

namespace emend {

/// Where a damaged tile is, as check and repair list it: slices and pixels count from 0.
inline QString placeOf(const DamagedTile& tile)
{
    return QCoreApplication::translate("CommandLine", "  slice %1, x %2 to %3, y %4 to %5")
        .arg(tile.key.z)
        .arg(tile.rect.x)
        .arg(tile.rect.right() - 1)
        .arg(tile.rect.y)
        .arg(tile.rect.bottom() - 1);
}

} // namespace emend
