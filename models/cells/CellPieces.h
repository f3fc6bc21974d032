// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/slices/GreyPlane.h"

#include <QtGlobal>

#include <array>
#include <span>
#include <vector>

namespace emend {

/// Where the borders between cells are, and what hangs on each pixel of those that may be judged
/// wrongly. Both empty, or one for each pixel.
///
/// The stake of a border between a and b pixels is p a b / S: p is the probability that it is
/// judged wrongly, S the mean size of the cells that pixels lie in. So it is about the pixels that
/// would be in a wrong cell, and what V_rand would lose (it counts pairs of pixels), on a scale
/// that does not grow with the slice. It lies on all pixels of the border alike.
struct JudgedBorders
{
    std::vector<quint8> isBorder; ///< 1 for the pixels of borders that are membranes
    std::vector<float> stakes;
};

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

    /// The borders that are membranes (BorderJudge.h). beside: those sections that are known;
    /// pixelNm: what a pixel measures.
    ///
    /// Sections that do not lie over this one, because they are not aligned, are found out and left
    /// aside: where cells lie over each other, most of each has one and the same cell beside it.
    JudgedBorders borders(const GreyPlane& membrane, std::span<const Beside> beside,
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
    size_t borderBetween(int pieceA, int pieceB) const;

    int m_width;
    std::vector<Run> m_runs;       ///< a few percent of the memory of a number for each pixel
    std::vector<int> m_sizes;      ///< each piece's, pixels
    std::vector<int> m_cellOf;     ///< each piece's cell, as far as one section tells
    std::vector<Border> m_borders; ///< by a, then b; a is the smaller
};

} // namespace emend
