// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"

#include <QtGlobal>

#include <array>
#include <vector>

namespace emend {

/// How labels look over grey pixels.
///
/// Predicted pixels carry their class's colour at the overlay's opacity, corrected ones more of
/// it with a thin lighter outline at the region's edge, ignored ones a fine hatch, damaged tiles a
/// coarse red one. A value.
class LabelOverlay
{
public:
    /// Stands in samples for the pixels of damaged tiles.
    static constexpr Label damaged{Label::maximumClass, LabelState::ignored};

    /// The labels around a row of screen pixels: of the rows outlinePx above, at and outlinePx
    /// below, each with outlinePx more labels at both ends; and, where the slice is reduced, two
    /// rows of two labels a pixel, whose mean colour is shown.
    struct Row
    {
        const Label* above = nullptr;
        const Label* middle = nullptr;
        const Label* below = nullptr;
        const Label* upperSamples = nullptr; ///< null when not reduced
        const Label* lowerSamples = nullptr;
        int count = 0;
        int hatchPhase = 0; ///< the first pixel's place in the hatch
    };

    LabelOverlay() = default;
    LabelOverlay(const ClassTable& classes, double opacity, double devicePixelRatio);

    int outlinePx() const { return m_outlinePx; }

    /// Colours row.count pixels (0xffRRGGBB).
    void paint(const Row& row, quint32* pixels) const;

private:
    /// A colour times its weight, and 256 minus the weight.
    struct Tint
    {
        quint32 red = 0;
        quint32 green = 0;
        quint32 blue = 0;
        quint32 rest = 256;

        quint32 over(quint32 pixel) const;
    };

    static Tint tintOf(quint32 rgb, double weight);
    static Tint meanOf(const std::array<Tint, 4>& tints);
    const Tint& fillOf(Label label, int phase) const;
    static bool isEdge(const Row& row, int x, int outlinePx);
    Tint tintAt(const Row& row, int x) const;

    int m_outlinePx = 1;
    int m_hatchPx = 6;
    std::array<Tint, 64> m_predicted; ///< by class
    std::array<Tint, 64> m_corrected;
    std::array<Tint, 64> m_outline;
    Tint m_nothing;
    Tint m_hatchLine;
    Tint m_hatchGap;
    Tint m_damageLine;
    Tint m_damageGap;
};

/// The labels at each of the columns in each of the rows of slice z, row after row; both in
/// rising order, those outside of the slice give untouched labels, those of damaged tiles
/// LabelOverlay::damaged.
std::vector<Label> sampleLabels(const LabelVolume& labels, int z, const std::vector<int>& columns,
                                const std::vector<int>& rows);

} // namespace emend
