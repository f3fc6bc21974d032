// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace emend {

/// What the ImageDescription of a TIFF's first page says of the stack, as ImageJ or OME write it.
struct TiffDescription
{
    enum class Kind { none, imageJ, ome };

    Kind kind = Kind::none;
    int images = 0; ///< ImageJ: planes in the file
    int channels = 1;
    int slices = 1;
    int frames = 1;
    double spacing = 0; ///< ImageJ: distance of the sections, in zUnit
    QString xUnit;
    QString yUnit;
    QString zUnit;
    VoxelSize omeVoxelSize;
    std::vector<int> omePlanes; ///< the pages of the slices in their order, -1 where it is missing
    QStringList notes;

    /// Text that is neither gives Kind::none. fileName: planes in other files are not followed.
    static TiffDescription parse(const QByteArray& text, const QString& fileName);

    /// The pages of the slices, in order, for a file with so many pages.
    std::vector<int> planesOfSlices(int pageCount) const;
};

/// How many nanometres a unit is ("nm", "micron", "um", ...); 0 for what is no length.
double nanometresOfUnit(const QString& unit);

} // namespace emend
