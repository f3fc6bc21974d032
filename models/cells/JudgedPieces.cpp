// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderJudge.h"
#include "models/cells/BorderStakes.h"
#include "models/cells/CellPieces.h"
#include "models/cells/PixelPairs.h"
#include "models/cells/RegionMerging.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

constexpr double judgedPixelNm = 4; ///< BorderLook's
constexpr double likelierThanNot = 0.5;

/// Of the pixels, this share has the commonest cell beside its own: below, sections do not lie
/// over each other at all, above they do.
constexpr double leastAlike = 0.55;
constexpr double alike = 0.7;

/// How many pixels of a region lie over which cell of a section beside.
using Overlap = std::unordered_map<int, double>;

double sizeOf(const Overlap& overlap)
{
    double size = 0;
    for (const auto& [cell, pixels] : overlap)
        size += pixels;
    return size;
}

/// The probability that a pixel of the one and one of the other lie over the same cell.
double sameCell(const Overlap& a, const Overlap& b)
{
    double same = 0;
    for (const auto& [cell, pixels] : a) {
        const auto found = b.find(cell);
        if (found != b.end())
            same += pixels * found->second;
    }
    return same / (sizeOf(a) * sizeOf(b));
}

/// A section beside, seen from this one.
struct OverlappedSection
{
    std::vector<Overlap> overlaps; ///< each piece's
    double trust = 1;              ///< 0: the sections do not lie over each other
};

double trustIn(const std::vector<Overlap>& overlaps, const std::vector<int>& cellOf)
{
    std::vector<Overlap> ofCells(overlaps.size());
    for (size_t piece = 0; piece < overlaps.size(); ++piece)
        for (const auto& [cell, pixels] : overlaps[piece])
            ofCells[size_t(cellOf[piece])][cell] += pixels;
    double most = 0;
    double all = 0;
    for (const Overlap& overlap : ofCells) {
        double largest = 0;
        for (const auto& [cell, pixels] : overlap)
            largest = std::max(largest, pixels);
        most += largest;
        all += sizeOf(overlap);
    }
    return std::clamp((most / all - leastAlike) / (alike - leastAlike), 0.0, 1.0);
}

} // namespace

/// Pieces on their way to become cells.
class CellPieces::Judged
{
public:
    Judged(const CellPieces& pieces, std::span<const Beside> beside, double pixelNm)
        : m_pieces(pieces)
        , m_regions(int(pieces.m_sizes.size()))
        , m_stakes(int(pieces.m_sizes.size()))
        , m_sizes(pieces.m_sizes.begin(), pieces.m_sizes.end())
        , m_scale(pixelNm / judgedPixelNm)
    {
        for (const Border& border : pieces.m_borders)
            m_regions.add(border.a, border.b, border.histogram);
        for (const Beside& section : beside) {
            const CellPieces& other = *section.pieces;
            OverlappedSection seen{overlapsOf(pieces, other)};
            seen.trust = trustIn(seen.overlaps, pieces.m_cellOf);
            m_decided += seen.trust * section.decidedShare / double(beside.size());
            m_beside.push_back(std::move(seen));
        }
    }

    /// The cell of each piece.
    std::vector<int> cells()
    {
        m_regions.mergeUpTo(
            likelierThanNot,
            [this](int a, int b, const Histogram& border) { return strength(a, b, border); },
            [this](int from, int into, double strength, int pairs) {
                m_stakes.join(from, into, stakeOf(from, into, strength, pairs));
                join(from, into);
            });
        return m_regions.regions().of;
    }

    /// Of each border of the pieces, what hangs on a pair of its pixels; after cells().
    std::vector<double> stakes() const
    {
        std::unordered_map<qint64, double> ofOpen;
        m_regions.forEachBorder([&](int a, int b, const Histogram& border) {
            const double wrong = 1 - strength(a, b, border);
            ofOpen[keyOf(a, b)] = stakeOf(a, b, wrong, border.pairs);
        });
        const double meanCell = meanCellSize();
        std::vector<double> stakes;
        for (const Border& border : m_pieces.m_borders) {
            const auto [a, b, stake] = m_stakes.meetingOf(border.a, border.b);
            stakes.push_back((a == b ? stake : ofOpen.at(keyOf(a, b))) / meanCell);
        }
        return stakes;
    }

private:
    static std::vector<Overlap> overlapsOf(const CellPieces& pieces, const CellPieces& other)
    {
        std::vector<Overlap> overlaps(pieces.m_sizes.size());
        auto beside = other.m_runs.begin();
        int left = beside->pixels; // of that run
        for (const auto& [piece, pixels] : pieces.m_runs) {
            for (int rest = pixels; rest > 0;) {
                if (left == 0)
                    left = (++beside)->pixels;
                const int both = std::min(rest, left);
                overlaps[size_t(piece)][other.m_cellOf[size_t(beside->piece)]] += both;
                rest -= both;
                left -= both;
            }
        }
        return overlaps;
    }

    /// JudgedBorders says what a stake is; this one is not divided by the size of cells yet.
    double stakeOf(int a, int b, double wrong, int pairs) const
    {
        constexpr double surelyRight = 0.02;
        return wrong < surelyRight ? 0 : wrong * m_sizes[size_t(a)] * m_sizes[size_t(b)] / pairs;
    }

    static qint64 keyOf(int a, int b) { return qint64(std::min(a, b)) << 32 | std::max(a, b); }

    /// Of the cell that a pixel lies in.
    double meanCellSize() const
    {
        double pixels = 0;
        double squares = 0;
        for (const int region : m_regions.names()) {
            pixels += m_sizes[size_t(region)];
            squares += m_sizes[size_t(region)] * m_sizes[size_t(region)];
        }
        return squares / pixels;
    }

    double strength(int a, int b, const Histogram& border) const
    {
        const double smaller = std::min(m_sizes[size_t(a)], m_sizes[size_t(b)]);
        return probabilityOfMembrane({border.mean(), border.tenth(), border.pairs * m_scale,
                                      smaller * m_scale * m_scale, sameBeside(a, b), m_decided});
    }

    double sameBeside(int a, int b) const
    {
        if (m_beside.empty())
            return sameBesideUnknown;
        double sum = 0;
        for (const OverlappedSection& beside : m_beside) {
            const double same = sameCell(beside.overlaps[size_t(a)], beside.overlaps[size_t(b)]);
            sum += sameBesideUnknown + beside.trust * (same - sameBesideUnknown);
        }
        return sum / double(m_beside.size());
    }

    void join(int from, int into)
    {
        m_sizes[size_t(into)] += m_sizes[size_t(from)];
        for (OverlappedSection& beside : m_beside)
            for (const auto& [cell, pixels] : beside.overlaps[size_t(from)])
                beside.overlaps[size_t(into)][cell] += pixels;
    }

    const CellPieces& m_pieces;
    RegionMerging<Histogram> m_regions;
    BorderStakes m_stakes;
    std::vector<double> m_sizes; ///< each region's
    std::vector<OverlappedSection> m_beside;
    double m_decided = 0; ///< of the sections beside, the share that people corrected
    double m_scale;
};

JudgedBorders CellPieces::borders(const GreyPlane& membrane, std::span<const Beside> beside,
                                  double pixelNm) const
{
    Judged judged(*this, beside, pixelNm);
    const std::vector<int> cellOf = judged.cells();
    const std::vector<double> stakes = judged.stakes();
    std::vector<int> pieceOf;
    pieceOf.reserve(membrane.values.size());
    for (const auto& [piece, pixels] : m_runs)
        pieceOf.insert(pieceOf.end(), size_t(pixels), piece);

    JudgedBorders borders{std::vector<quint8>(pieceOf.size()), std::vector<float>(pieceOf.size())};
    forPairs(m_width, membrane.height, [&](size_t a, size_t b) {
        const int pieceA = pieceOf[a];
        const int pieceB = pieceOf[b];
        if (pieceA == pieceB)
            return;
        const size_t line = membrane.values[a] >= membrane.values[b] ? a : b;
        if (cellOf[size_t(pieceA)] != cellOf[size_t(pieceB)])
            borders.isBorder[line] = 1;
        borders.stakes[line] += float(stakes[borderBetween(pieceA, pieceB)]);
    });
    return borders;
}

size_t CellPieces::borderBetween(int pieceA, int pieceB) const
{
    const std::pair pair(std::min(pieceA, pieceB), std::max(pieceA, pieceB));
    const auto found = std::ranges::lower_bound(
        m_borders, pair, {}, [](const Border& border) { return std::pair(border.a, border.b); });
    return size_t(found - m_borders.begin());
}

} // namespace emend
