// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"
#include "widgets/view/ScreenAxis.h"

#include <vector>

namespace emend {

/// How unsure the model is of the visible pixels of a slice, as an amber tint at screen
/// resolution. Lives on the GUI thread.
class DoubtLayer
{
public:
    /// What it knows no longer holds: another slice, part of it, or prediction.
    void forget() { m_isStale = true; }

    /// Reads what the axes show, unless it is known already.
    void update(const Prediction& prediction, int z, const ScreenAxis& columns,
                const ScreenAxis& rows);

    /// Tints count pixels (0xffRRGGBB) of the screen's row y from column x on, the stronger the
    /// less sure; those that a person decided about (by labels) stay as they are.
    void paint(int x, int y, const Label* labels, int count, quint32* pixels) const;

private:
    bool m_isStale = true;
    int m_firstColumn = 0;
    int m_firstRow = 0;
    int m_width = 0;
    std::vector<quint8> m_doubts; ///< of the screen's pixels, row after row; empty: no prediction
};

} // namespace emend
