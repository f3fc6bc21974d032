// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <QtGlobal>

#include <array>
#include <span>
#include <vector>

namespace emend {

/// A section, or an area of one, cut into pieces where the membrane's probability has a ridge,
/// however faint: nearly every piece lies within one cell. Which borders between pieces are
/// membranes is judged later, when the same area of the sections beside is known.
///
/// A watershed of the probability, a little blurred, whose basins are merged, the weakest border
/// first, while the mean probability along it is below 0.1.
///
/// A value; any thread.
class CellPieces
{
public:
    /// membrane: its probability in each pixel, 0..1.
    explicit CellPieces(const GreyPlane& membrane);

    /// A section before or after this one, the same area of it.
    struct Beside
    {
        const CellPieces* pieces; ///< must outlive the call
        double decidedShare;      ///< how much of it people have corrected: 0..1
    };

    /// 1 for the pixels of borders that are membranes (BorderJudge.h). beside: those sections that
    /// are known; pixelNm: what a pixel measures.
    ///
    /// Sections that do not lie over this one, because they are not aligned, are found out and left
    /// aside: where cells lie over each other, most of each has one and the same cell beside it.
    std::vector<quint8> borders(const GreyPlane& membrane, std::span<const Beside> beside,
                                double pixelNm) const;

private:
    class Judged;

    static constexpr int bins = 20;

    /// The membrane's probability along a border.
    struct Histogram
    {
        std::array<int, bins> counts = {};
        int pairs = 0;

        void add(float probability);
        void operator+=(const Histogram& other);
        double mean() const;
        double tenth() const;

    private:
        static double middleOf(size_t bin);
    };

    struct Border
    {
        int a;
        int b;
        Histogram histogram;
    };

    /// Pixels one after the other, row after row, of the same piece.
    struct Run
    {
        int piece;
        int pixels;
    };

    static std::vector<Run> runsOf(std::span<const int> pieceOf);
    void findBorders(const GreyPlane& membrane, std::span<const int> pieceOf);

    int m_width;
    std::vector<Run> m_runs;   ///< a few percent of the memory of a number for each pixel
    std::vector<int> m_sizes;  ///< each piece's, pixels
    std::vector<int> m_cellOf; ///< each piece's cell, as far as one section tells
    std::vector<Border> m_borders;
};

} // namespace emend
