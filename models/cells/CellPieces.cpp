// SPDX-License-Identifier: Apache-2.0
#include "models/cells/CellPieces.h"

#include "models/cells/BorderJudge.h"
#include "models/cells/RegionMerging.h"
#include "models/cells/Watershed.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

constexpr double blurPx = 1;
constexpr double surelyNone = 0.1;  ///< borders up to that mean probability are none
constexpr double ratherNone = 0.5;  ///< likewise, when one section alone is to tell
constexpr double judgedPixelNm = 4; ///< BorderLook's

/// Of the pixels, this share has the commonest cell beside its own: below, sections do not lie
/// over each other at all, above they do.
constexpr double leastAlike = 0.55;
constexpr double alike = 0.7;

/// visit(pixel, its right or lower neighbour) for all.
template <typename Visit>
void forPairs(int width, int height, Visit visit)
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const size_t pixel = size_t(y) * size_t(width) + size_t(x);
            if (x + 1 < width)
                visit(pixel, pixel + 1);
            if (y + 1 < height)
                visit(pixel, pixel + size_t(width));
        }
    }
}

struct MeanBorder
{
    double sum = 0;
    int pairs = 0;

    void operator+=(const MeanBorder& other)
    {
        sum += other.sum;
        pairs += other.pairs;
    }
};

void mergeWeak(RegionMerging<MeanBorder>& regions, double limit)
{
    const auto mean = [](int, int, const MeanBorder& border) {
        return border.sum / border.pairs;
    };
    regions.mergeUpTo(limit, mean, [](int, int) {});
}

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

double CellPieces::Histogram::middleOf(size_t bin)
{
    return (double(bin) + 0.5) / bins;
}

void CellPieces::Histogram::add(float probability)
{
    const float known = std::min(1.0F, std::max(0.0F, probability)); // NaN becomes 0
    ++counts[size_t(std::min(int(known * bins), bins - 1))];
    ++pairs;
}

void CellPieces::Histogram::operator+=(const Histogram& other)
{
    for (size_t i = 0; i < counts.size(); ++i)
        counts[i] += other.counts[i];
    pairs += other.pairs;
}

double CellPieces::Histogram::mean() const
{
    double sum = 0;
    for (size_t bin = 0; bin < counts.size(); ++bin)
        sum += middleOf(bin) * counts[bin];
    return sum / pairs;
}

/// The middle of the bin that a tenth of the pairs do not reach above.
double CellPieces::Histogram::tenth() const
{
    int sum = 0;
    size_t bin = 0;
    while ((sum += counts[bin]) < 0.1 * pairs)
        ++bin;
    return middleOf(bin);
}

CellPieces::CellPieces(const GreyPlane& membrane)
    : m_width(membrane.width)
{
    const std::vector<float>& values = membrane.values;
    Basins basins = basinsOf(blurred(membrane, blurPx));
    RegionMerging<MeanBorder> regions(basins.count);
    forPairs(m_width, membrane.height, [&](size_t a, size_t b) {
        if (basins.of[a] != basins.of[b])
            regions.add(basins.of[a], basins.of[b], {std::max(values[a], values[b]), 1});
    });
    mergeWeak(regions, surelyNone);
    const DisjointSets::Numbers pieces = regions.regions();
    mergeWeak(regions, ratherNone);
    const DisjointSets::Numbers cells = regions.regions();

    m_cellOf.resize(size_t(pieces.count));
    m_sizes.resize(size_t(pieces.count));
    for (size_t basin = 0; basin < size_t(basins.count); ++basin)
        m_cellOf[size_t(pieces.of[basin])] = cells.of[basin];
    std::vector<int> pieceOf = std::move(basins.of);
    for (int& piece : pieceOf) {
        piece = pieces.of[size_t(piece)];
        ++m_sizes[size_t(piece)];
    }
    m_runs = runsOf(pieceOf);
    findBorders(membrane, pieceOf);
}

std::vector<CellPieces::Run> CellPieces::runsOf(std::span<const int> pieceOf)
{
    std::vector<Run> runs;
    for (const int piece : pieceOf) {
        if (runs.empty() || runs.back().piece != piece)
            runs.push_back({piece, 0});
        ++runs.back().pixels;
    }
    runs.shrink_to_fit();
    return runs;
}

void CellPieces::findBorders(const GreyPlane& membrane, std::span<const int> pieceOf)
{
    const std::vector<float>& values = membrane.values;
    std::map<std::pair<int, int>, Histogram> borders;
    forPairs(m_width, membrane.height, [&](size_t a, size_t b) {
        if (pieceOf[a] != pieceOf[b])
            borders[std::minmax({pieceOf[a], pieceOf[b]})].add(std::max(values[a], values[b]));
    });
    for (const auto& [pair, histogram] : borders)
        m_borders.push_back({pair.first, pair.second, histogram});
}

/// Pieces on their way to become cells.
class CellPieces::Judged
{
public:
    Judged(const CellPieces& pieces, std::span<const Beside> beside, double pixelNm)
        : m_regions(int(pieces.m_sizes.size()))
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
        constexpr double likelierThanNot = 0.5;
        m_regions.mergeUpTo(
            likelierThanNot,
            [this](int a, int b, const Histogram& border) { return strength(a, b, border); },
            [this](int from, int into) { join(from, into); });
        return m_regions.regions().of;
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

    RegionMerging<Histogram> m_regions;
    std::vector<double> m_sizes;
    std::vector<OverlappedSection> m_beside;
    double m_decided = 0; ///< of the sections beside, the share that people corrected
    double m_scale;
};

std::vector<quint8> CellPieces::borders(const GreyPlane& membrane, std::span<const Beside> beside,
                                        double pixelNm) const
{
    const std::vector<int> cellOfPiece = Judged(*this, beside, pixelNm).cells();
    std::vector<int> cellOf;
    cellOf.reserve(membrane.values.size());
    for (const auto& [piece, pixels] : m_runs)
        cellOf.insert(cellOf.end(), size_t(pixels), cellOfPiece[size_t(piece)]);
    std::vector<quint8> isBorder(cellOf.size());
    forPairs(m_width, membrane.height, [&](size_t a, size_t b) {
        if (cellOf[a] != cellOf[b])
            isBorder[membrane.values[a] >= membrane.values[b] ? a : b] = 1;
    });
    return isBorder;
}

} // namespace emend
