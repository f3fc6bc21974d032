// SPDX-License-Identifier: Apache-2.0
#include "core/project/PlacesToCorrect.h"

#include <algorithm>
#include <random>
#include <tuple>

namespace emend {

namespace {

/// Places lie on a grid of this step: finer is slower and finds nothing more.
constexpr int stepPx = 16;
static_assert(PlacesToCorrect::sidePx % stepPx == 0 && stepPx % PlacesToCorrect::cellPx == 0);
static_assert(LabelTile::sizePx % stepPx == 0);

/// A slice holds thousands of places; nobody looks further down than this.
constexpr size_t mostPlacesOfSlice = 256;

/// Below this a place is as sure as a prediction gets: a fiftieth of its pixels.
constexpr double leastShareInDoubt = 0.02;

/// Sums of doubt (0..255 a pixel) over squares of stepPx x stepPx pixels of one slice.
class DoubtGrid
{
public:
    explicit DoubtGrid(VolumeSize size)
        : m_columns((size.width + stepPx - 1) / stepPx)
        , m_rows((size.height + stepPx - 1) / stepPx)
        , m_sums(size_t(m_columns) * size_t(m_rows))
    {
    }

    int columns() const { return m_columns; }

    int rows() const { return m_rows; }

    qint64& at(int column, int row)
    {
        return m_sums[size_t(row) * size_t(m_columns) + size_t(column)];
    }

    qint64 sum(int column, int row, int side) const
    {
        qint64 sum = 0;
        for (int y = row; y < std::min(row + side, m_rows); ++y)
            for (int x = column; x < std::min(column + side, m_columns); ++x)
                sum += m_sums[size_t(y) * size_t(m_columns) + size_t(x)];
        return sum;
    }

private:
    int m_columns;
    int m_rows;
    std::vector<qint64> m_sums;
};

/// 0 where a person decided, else how unsure the model is; for one tile.
std::vector<quint8> openDoubts(const Prediction& prediction, const LabelVolume& labels, int z,
                               Rect tile)
{
    std::vector<quint8> doubts = prediction.uncertainty(z, tile);
    std::vector<Label> decided(doubts.size());
    if (!doubts.empty())
        labels.read(z, tile, decided.data());
    for (size_t i = 0; i < doubts.size(); ++i)
        doubts[i] = decided[i].isFixed() ? 0 : doubts[i];
    return doubts;
}

/// Adds a tile's doubts; cells at the slice's far edges may be cut.
void addTile(DoubtGrid& grid, const std::vector<quint8>& doubts, Rect tile)
{
    constexpr int cellPx = PlacesToCorrect::cellPx;
    for (int y = 0; y < tile.height; y += cellPx) {
        for (int x = 0; x < tile.width; x += cellPx) {
            const int right = std::min(x + cellPx, tile.width);
            const int bottom = std::min(y + cellPx, tile.height);
            quint8 least = 255;
            for (int py = y; py < bottom; ++py)
                for (int px = x; px < right; ++px)
                    least = std::min(least, doubts[size_t(py) * size_t(tile.width) + size_t(px)]);
            grid.at((tile.x + x) / stepPx, (tile.y + y) / stepPx) +=
                qint64(least) * (right - x) * (bottom - y);
        }
    }
}

/// Most doubtful first; equal ones in reading order, so that the list is always the same.
bool isWorthMore(const Place& a, const Place& b)
{
    return std::tuple(-a.doubt, a.z, a.rect.y, a.rect.x) <
           std::tuple(-b.doubt, b.z, b.rect.y, b.rect.x);
}

std::vector<Place> windowsOf(const DoubtGrid& grid, VolumeSize size, int z)
{
    constexpr int side = PlacesToCorrect::sidePx / stepPx;
    std::vector<Place> windows;
    for (int row = 0; row <= std::max(0, grid.rows() - side); ++row) {
        for (int column = 0; column <= std::max(0, grid.columns() - side); ++column) {
            const Rect rect =
                Rect{column * stepPx, row * stepPx, side * stepPx, side * stepPx}.intersected(
                    size.sliceRect());
            const double doubt = double(grid.sum(column, row, side)) / 255;
            if (doubt >= leastShareInDoubt * double(rect.pixelCount()))
                windows.push_back({z, rect, doubt});
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
    DoubtGrid grid(size);
    for (const TileKey key : labels.tilesIn(z, size.sliceRect())) {
        const Rect tile = key.rect().intersected(size.sliceRect());
        const std::vector<quint8> doubts = openDoubts(prediction, labels, z, tile);
        if (!doubts.empty())
            addTile(grid, doubts, tile);
    }
    m_places[z] = bestApart(windowsOf(grid, size, z));
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
