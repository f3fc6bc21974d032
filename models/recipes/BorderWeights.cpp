// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/BorderWeights.h"

#include "core/metrics/SegmentationScore.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emend {

namespace {

constexpr double borderWeight = 10; // w0
constexpr double sigmaPx = 5;
constexpr int reachPx = 25;

/// Another pixel, as seen from one.
struct Offset
{
    int x = 0;
    int y = 0;
    double distance = 0;
};

std::vector<Offset> nearestFirst()
{
    std::vector<Offset> offsets;
    for (int y = -reachPx; y <= reachPx; ++y) {
        for (int x = -reachPx; x <= reachPx; ++x) {
            if (x * x + y * y <= reachPx * reachPx)
                offsets.push_back({x, y, std::hypot(x, y)});
        }
    }
    std::stable_sort(offsets.begin(), offsets.end(),
                     [](const Offset& a, const Offset& b) { return a.distance < b.distance; });
    return offsets;
}

/// The cells of a slice, and how far they are from its pixels.
class Cells
{
public:
    Cells(const std::vector<quint8>& classes, int width, int height)
        : m_width(width)
        , m_height(height)
        , m_offsets(nearestFirst())
    {
        std::vector<quint8> isCell(classes.size());
        std::transform(classes.begin(), classes.end(), isCell.begin(),
                       [](quint8 c) { return quint8(c > 1); });
        m_cells = labelComponents(isCell, width, height);
    }

    /// The second part of the weight, of a pixel between cells.
    double gapWeight(int x, int y) const
    {
        int nearest = 0;
        double nearestPx = 0;
        for (const Offset& offset : m_offsets) {
            const int cell = at(x + offset.x, y + offset.y);
            if (cell == 0 || cell == nearest)
                continue;
            if (nearest != 0) {
                const double sum = nearestPx + offset.distance;
                return borderWeight * std::exp(-sum * sum / (2 * sigmaPx * sigmaPx));
            }
            nearest = cell;
            nearestPx = offset.distance;
        }
        return 0;
    }

private:
    int at(int x, int y) const
    {
        const bool isInside = x >= 0 && y >= 0 && x < m_width && y < m_height;
        return isInside ? m_cells[size_t(y) * size_t(m_width) + size_t(x)] : 0;
    }

    int m_width;
    int m_height;
    std::vector<Offset> m_offsets;
    std::vector<int> m_cells; ///< the number of each pixel's cell; 0: none
};

} // namespace

std::vector<float> balancingWeights(const std::vector<qint64>& pixelsOfClasses)
{
    const qint64 all = std::accumulate(pixelsOfClasses.begin(), pixelsOfClasses.end(), qint64(0));
    const auto present = double(pixelsOfClasses.size()) -
                         double(std::count(pixelsOfClasses.begin(), pixelsOfClasses.end(), 0));
    std::vector<float> weights;
    for (const qint64 pixels : pixelsOfClasses)
        weights.push_back(pixels > 0 ? float(double(all) / (present * double(pixels))) : 0);
    return weights;
}

GreyPlane borderWeights(const std::vector<quint8>& classes, int width, int height,
                        const std::vector<float>& weightsOfClasses)
{
    const Cells cells(classes, width, height);
    GreyPlane weights(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const quint8 c = classes[size_t(y) * size_t(width) + size_t(x)];
            if (c != 0)
                weights.at(x, y) = weightsOfClasses[size_t(c - 1)];
            if (c == 1)
                weights.at(x, y) += float(cells.gapWeight(x, y));
        }
    }
    return weights;
}

} // namespace emend
