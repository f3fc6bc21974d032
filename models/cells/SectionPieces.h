// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/Prediction.h"
#include "models/cells/CellPieces.h"
#include "models/slices/GreyPlane.h"

#include <QtGlobal>

#include <span>
#include <vector>

namespace emend {

/// The borders between the cells of a section.
struct MembraneBorders
{
    /// 1 for the pixels of borders, gaps included: these are as wide as they are at least half as
    /// likely as on the border's line, and no wider than 5 pixels of 4 nm.
    std::vector<quint8> isBorder;
    SquareGrid stakes; ///< what hangs on them (JudgedBorders)
};

/// A section cut into pieces that lie within one cell each, or nearly (CellPieces.h), and by them,
/// and those of the sections beside it, where its cells have borders.
///
/// Large sections are looked at area by area (1024 x 1024 pixels and 128 around), so that memory
/// is bounded; along the seams a border is judged by its part in the area. About 20 ms of one core
/// for 512 x 512 pixels, cutting and judging; areas are looked at side by side.
///
/// A value; any thread.
class SectionPieces
{
public:
    /// membrane: its probability, 0..1, or what people decided; decidedShare: the share of pixels
    /// that they decided about.
    explicit SectionPieces(const GreyPlane& membrane, double decidedShare = 0);

    /// membrane: as it was cut. beside: the sections before and after, those that are known; of the
    /// same size. pixelNm: what a pixel measures.
    MembraneBorders borders(const GreyPlane& membrane, std::span<const SectionPieces* const> beside,
                            double pixelNm) const;

    /// What one of these takes of the computer's memory while a section of that size is cut or
    /// judged on so many cores.
    static qint64 workBytes(VolumeSize size, int cores);

private:
    std::vector<CellPieces> m_areas; ///< one after the other
    double m_decidedShare;
};

/// Makes membrane win where it borders cells, by little, so that these places stay in doubt; and
/// tells the map what hangs on them.
void closeMembranes(ProbabilityMap& map, int membrane, const MembraneBorders& borders);

} // namespace emend
