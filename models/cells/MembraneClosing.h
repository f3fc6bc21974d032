// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"
#include "models/cells/CellPieces.h"
#include "models/slices/GreyPlane.h"

#include <QtGlobal>

#include <map>
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

/// Closes gaps in predicted membranes: one of a few pixels joins two cells in the masks. Which
/// borders are membranes is judged by this section and by the two beside it, where a membrane
/// that is faint here is often clear (CellPieces.h).
///
/// Large sections are looked at area by area (1024 x 1024 pixels and 128 around), so that memory
/// is bounded; along the seams a border is judged by its part in the area. About 20 ms for 512 x
/// 512 pixels. One thread at a time.
class MembraneClosing
{
public:
    /// pixelNm: what a pixel measures.
    explicit MembraneClosing(double pixelNm)
        : m_pixelNm(pixelNm)
    {
    }

    /// Remembers section z. All of a stack are of one size. membrane: its probability, 0..1, or
    /// what people decided; decidedShare: the share of pixels that they decided about.
    void add(int z, const GreyPlane& membrane, double decidedShare = 0);

    /// Forgets all but these.
    void keepOnly(int first, int last);

    /// Those of section z. membrane: as it was added. Sections beside count where they are
    /// remembered.
    MembraneBorders borders(int z, const GreyPlane& membrane) const;

private:
    struct Section
    {
        std::vector<CellPieces> areas; ///< one after the other
        double decidedShare;
    };

    double m_pixelNm;
    std::map<int, Section> m_sections;
};

/// Makes membrane win where it borders cells, by little, so that these places stay in doubt; and
/// tells the map what hangs on them.
void closeMembranes(ProbabilityMap& map, int membrane, const MembraneBorders& borders);

} // namespace emend
