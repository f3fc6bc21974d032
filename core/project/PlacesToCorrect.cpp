// SPDX-License-Identifier: Apache-2.0
#include "core/project/PlacesToCorrect.h"

#include <algorithm>
#include <random>
#include <tuple>

namespace emend {

namespace {

/// Places lie on a grid of this step: finer is slower and finds nothing more.
constexpr int stepPx = SquareGrid::sidePx;
static_assert(PlacesToCorrect::sidePx % stepPx == 0 && stepPx % PlacesToCorrect::cellPx == 0);
static_assert(LabelTile::sizePx % stepPx == 0);

/// A slice holds thousands of places; nobody looks further down than this.
constexpr size_t mostPlacesOfSlice = 256;

/// Below this a place is as sure as a prediction gets: a fiftieth of its pixels.
constexpr double leastShare = 0.02;

/// So much of a place's worth hangs on one of its sixteen squares where a border decides it. A
/// stake is spread along its border, so no square has much more.
constexpr double shareOfCrux = 0.125;

/// A tile of a predicted slice, as far as nobody has decided.
struct OpenTile
{
    Rect rect;
    std::vector<quint8> doubts; ///< how unsure the model is: 0..255
    std::vector<quint8> isOpen;

    OpenTile(const Prediction& prediction, const LabelVolume& labels, int z, Rect tile)
        : rect(tile)
        , doubts(prediction.uncertainty(z, tile))
        , isOpen(doubts.size())
    {
        std::vector<Label> decided(doubts.size());
        if (!doubts.empty())
            labels.read(z, tile, decided.data());
        for (size_t i = 0; i < doubts.size(); ++i) {
            isOpen[i] = !decided[i].isFixed();
            doubts[i] = isOpen[i] ? doubts[i] : 0;
        }
    }
};

/// visit(square) for squares of so many pixels that cover the tile; at the slice's far edges they
/// may be cut.
template <typename Visit>
void forSquares(Rect tile, int side, Visit visit)
{
    for (int y = tile.y; y < tile.bottom(); y += side)
        for (int x = tile.x; x < tile.right(); x += side)
            visit(Rect{x, y, side, side}.intersected(tile));
}

template <typename Visit>
void forPixels(const std::vector<quint8>& ofTile, Rect tile, Rect square, Visit visit)
{
    for (int y = square.y; y < square.bottom(); ++y) {
        const auto first =
            ofTile.begin() + ptrdiff_t(y - tile.y) * tile.width + (square.x - tile.x);
        std::for_each(first, first + square.width, visit);
    }
}

void addDoubts(SquareGrid& worths, const OpenTile& tile)
{
    forSquares(tile.rect, PlacesToCorrect::cellPx, [&](Rect cell) {
        quint8 least = 255;
        forPixels(tile.doubts, tile.rect, cell,
                  [&least](quint8 doubt) { least = std::min(least, doubt); });
        worths.add({cell.x, cell.y}, float(least) * float(cell.pixelCount()) / 255);
    });
}

void addStakes(SquareGrid& atStake, const OpenTile& tile, const SquareGrid& stakes)
{
    forSquares(tile.rect, stepPx, [&](Rect square) {
        qint64 open = 0;
        forPixels(tile.isOpen, tile.rect, square, [&open](quint8 isOpen) { open += isOpen; });
        const float share = float(open) / float(square.pixelCount());
        const float stake = stakes.at(square.x / stepPx, square.y / stepPx);
        atStake.add({square.x, square.y}, PlacesToCorrect::stakeWeight * share * stake);
    });
}

/// Worth most first; equal ones in reading order, so that the list is always the same.
bool isWorthMore(const Place& a, const Place& b)
{
    return std::tuple(-a.worth, a.z, a.rect.y, a.rect.x) <
           std::tuple(-b.worth, b.z, b.rect.y, b.rect.x);
}

/// What the places of a slice are worth, square by square.
struct Worths
{
    SquareGrid doubts;
    SquareGrid atStake;
};

/// Of so many squares a side, as far as the slice goes.
double sumOf(const SquareGrid& grid, int column, int row, int side)
{
    double sum = 0;
    for (int y = row; y < std::min(row + side, grid.rows()); ++y)
        for (int x = column; x < std::min(column + side, grid.columns()); ++x)
            sum += grid.at(x, y);
    return sum;
}

std::vector<Place> windowsOf(const Worths& worths, VolumeSize size, int z)
{
    constexpr int side = PlacesToCorrect::sidePx / stepPx;
    std::vector<Place> windows;
    const int lastRow = std::max(0, worths.doubts.rows() - side);
    const int lastColumn = std::max(0, worths.doubts.columns() - side);
    for (int row = 0; row <= lastRow; ++row) {
        for (int column = 0; column <= lastColumn; ++column) {
            const Rect rect =
                Rect{column * stepPx, row * stepPx, side * stepPx, side * stepPx}.intersected(
                    size.sliceRect());
            const double worth =
                sumOf(worths.doubts, column, row, side) + sumOf(worths.atStake, column, row, side);
            if (worth >= leastShare * double(rect.pixelCount()))
                windows.push_back({z, rect, worth});
        }
    }
    return windows;
}

/// The best ones, of those that overlap only the better.
std::vector<Place> bestApart(std::vector<Place> windows)
{
    std::sort(windows.begin(), windows.end(), isWorthMore);
    std::vector<Place> best;
    for (const Place& window : windows) {
        const bool isFree = std::none_of(best.begin(), best.end(), [&window](const Place& other) {
            return !other.rect.intersected(window.rect).isEmpty();
        });
        if (isFree)
            best.push_back(window);
        if (best.size() == mostPlacesOfSlice)
            break;
    }
    return best;
}

std::optional<Rect> cruxOf(const Place& place, const SquareGrid& atStake)
{
    std::optional<Rect> crux;
    float most = float(shareOfCrux * place.worth);
    forSquares(place.rect, stepPx, [&](Rect square) {
        const float stake = atStake.at(square.x / stepPx, square.y / stepPx);
        if (stake > most) {
            most = stake;
            crux = square;
        }
    });
    return crux;
}

} // namespace

PlacesToCorrect::PlacesToCorrect(const Prediction& prediction, const LabelVolume& labels,
                                 const SliceRange& slices)
{
    for (const int z : slices)
        look(prediction, labels, z);
}

void PlacesToCorrect::look(const Prediction& prediction, const LabelVolume& labels, int z)
{
    m_places.erase(z);
    if (!prediction.contains(z))
        return;
    const VolumeSize size = prediction.size();
    Worths worths{{size.width, size.height}, {size.width, size.height}};
    const SquareGrid stakes = prediction.stakes(z);
    for (const TileKey key : labels.tilesIn(z, size.sliceRect())) {
        const OpenTile tile(prediction, labels, z, key.rect().intersected(size.sliceRect()));
        if (tile.doubts.empty())
            continue;
        addDoubts(worths.doubts, tile);
        if (!stakes.isEmpty())
            addStakes(worths.atStake, tile, stakes);
    }
    std::vector<Place> best = bestApart(windowsOf(worths, size, z));
    for (Place& place : best)
        place.crux = cruxOf(place, worths.atStake);
    m_places[z] = std::move(best);
}

void PlacesToCorrect::take(const PlacesToCorrect& other, int z)
{
    m_places[z] = other.inSlice(z);
}

void PlacesToCorrect::drop(const Place& place)
{
    const auto found = m_places.find(place.z);
    if (found != m_places.end())
        std::erase(found->second, place);
}

const std::vector<Place>& PlacesToCorrect::inSlice(int z) const
{
    static const std::vector<Place> none;
    const auto found = m_places.find(z);
    return found == m_places.end() ? none : found->second;
}

std::vector<Place> PlacesToCorrect::ranked() const
{
    std::vector<Place> all;
    for (const auto& [z, places] : m_places)
        all.insert(all.end(), places.begin(), places.end());
    std::sort(all.begin(), all.end(), isWorthMore);
    return all;
}

std::vector<Place> placesInRows(VolumeSize size, const SliceRange& slices)
{
    constexpr int side = PlacesToCorrect::sidePx;
    std::vector<Place> places;
    for (const int z : slices)
        for (int y = 0; y < size.height; y += side)
            for (int x = 0; x < size.width; x += side)
                places.push_back({z, Rect{x, y, side, side}.intersected(size.sliceRect()), 0});
    return places;
}

std::vector<Place> shuffled(std::vector<Place> places, quint64 seed)
{
    // Not std::shuffle, which each standard library draws differently.
    std::mt19937_64 random(seed);
    for (size_t i = places.size(); i > 1; --i)
        std::swap(places[i - 1], places[size_t(random() % i)]);
    return places;
}

} // namespace emend
