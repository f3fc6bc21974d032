// SPDX-License-Identifier: Apache-2.0
#include "models/cells/CellPieces.h"

#include "models/cells/PixelPairs.h"
#include "models/cells/RegionMerging.h"
#include "models/cells/Watershed.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

constexpr double blurPx = 1;
constexpr double surelyNone = 0.1; ///< borders up to that mean probability are none
constexpr double ratherNone = 0.5; ///< likewise, when one section alone is to tell

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
    regions.mergeUpTo(limit, mean, [](int, int, double, int) {});
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

} // namespace emend
