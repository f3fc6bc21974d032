// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

namespace emend {

/// Cells with dark membranes on a lighter inside, with their truth. The same arguments always draw
/// the same stack. 8 bit, 4 x 4 x 50 nm.
struct SyntheticStack
{
    VolumeSize size;
    std::vector<std::vector<quint16>> grey;
    std::vector<std::vector<quint8>> truth; ///< 1 = membrane, 2 = inside

    static SyntheticStack membranes(int side, int slices)
    {
        SyntheticStack drawn;
        drawn.size = {side, side, slices};
        std::mt19937 random(quint32(side) * 7919u);
        const int cellCount = std::max(3, side * side / 1600);
        std::vector<Cell> cells(static_cast<size_t>(cellCount));
        for (Cell& cell : cells)
            cell = {draw(random) * side, draw(random) * side, draw(random) - 0.5,
                    draw(random) - 0.5};
        for (int z = 0; z < slices; ++z) {
            drawn.drawSlice(cells, random);
            for (Cell& cell : cells) { // sections follow each other closely
                cell.x += 2 * cell.dx;
                cell.y += 2 * cell.dy;
            }
        }
        return drawn;
    }

    std::shared_ptr<const ImageStack> stack() const
    {
        StackInfo info;
        info.size = size;
        info.voxelSize = {4, 4, 50};
        info.name = QStringLiteral("synthetic");
        return makeMemoryStack(std::move(info), grey);
    }

private:
    struct Cell
    {
        double x, y, dx, dy;
    };

    // Not std::uniform_real_distribution, which each standard library draws differently.
    static double draw(std::mt19937& random) { return double(random() >> 8) / (1 << 24); }

    void drawSlice(const std::vector<Cell>& cells, std::mt19937& random)
    {
        std::vector<quint16> pixels;
        std::vector<quint8> classes;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const bool isMembrane = distanceToBorder(cells, x, y) < 2.5;
                const double noise = (draw(random) + draw(random) - 1) * 24;
                pixels.push_back(quint16(std::lround((isMembrane ? 70 : 170) + noise)));
                classes.push_back(isMembrane ? 1 : 2);
            }
        }
        grey.push_back(std::move(pixels));
        truth.push_back(std::move(classes));
    }

    /// About the distance to the border between the two nearest cells, in pixels.
    static double distanceToBorder(const std::vector<Cell>& cells, double x, double y)
    {
        double nearest = std::numeric_limits<double>::max();
        double second = nearest;
        for (const Cell& cell : cells) {
            const double distance = std::hypot(cell.x - x, cell.y - y);
            if (distance < nearest) {
                second = nearest;
                nearest = distance;
            } else {
                second = std::min(second, distance);
            }
        }
        return (second - nearest) / 2;
    }
};

} // namespace emend
