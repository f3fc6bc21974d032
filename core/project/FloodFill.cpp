// SPDX-License-Identifier: Apache-2.0
#include "core/project/FloodFill.h"

#include <deque>

namespace emend {

namespace {

/// Which pixels of a slice have the wanted class and have not been taken yet. Rows are looked up
/// when they are first reached, so that a small fill on a huge slice stays small.
class OpenPixels
{
public:
    OpenPixels(const LabelVolume& labels, int z, int classIndex)
        : m_labels(labels)
        , m_z(z)
        , m_classIndex(classIndex)
        , m_rows(size_t(labels.size().height))
    {
    }

    std::vector<bool>& row(int y)
    {
        std::vector<bool>& row = m_rows[size_t(y)];
        if (row.empty()) {
            const int width = m_labels.size().width;
            std::vector<Label> labels(static_cast<size_t>(width));
            m_labels.read(m_z, {0, y, width, 1}, labels.data());
            for (const Label label : labels)
                row.push_back(label.classIndex() == m_classIndex);
        }
        return row;
    }

private:
    const LabelVolume& m_labels;
    int m_z;
    int m_classIndex;
    std::vector<std::vector<bool>> m_rows;
};

/// The run of open pixels around a pixel, taken.
PixelRun takeRun(std::vector<bool>& row, Pixel pixel, qint64 maximumPx)
{
    PixelRun run{pixel.y, pixel.x, pixel.x};
    while (run.fromX > 0 && row[size_t(run.fromX - 1)])
        --run.fromX;
    while (run.toX + 1 < int(row.size()) && row[size_t(run.toX + 1)])
        ++run.toX;
    if (run.toX - run.fromX + 1 > maximumPx) {
        run.fromX = std::max<int>(run.fromX, int(pixel.x - (maximumPx - 1) / 2));
        run.toX = std::min<int>(run.toX, int(run.fromX + maximumPx - 1));
    }
    std::fill(row.begin() + run.fromX, row.begin() + run.toX + 1, false);
    return run;
}

} // namespace

PixelRuns floodRuns(const LabelVolume& labels, int z, Pixel seed, qint64 maximumPx)
{
    PixelRuns runs;
    if (!labels.size().sliceRect().contains(seed) || z < 0 || z >= labels.size().slices)
        return runs;

    OpenPixels open(labels, z, labels.at(seed, z).classIndex());
    qint64 left = maximumPx > 0 ? maximumPx : labels.size().pixelsPerSlice();
    std::deque<Pixel> waiting = {seed};
    for (; left > 0 && !waiting.empty(); waiting.pop_front()) {
        const Pixel pixel = waiting.front();
        if (!open.row(pixel.y)[size_t(pixel.x)])
            continue;
        const PixelRun run = takeRun(open.row(pixel.y), pixel, left);
        left -= run.toX - run.fromX + 1;
        runs.push_back(run);
        for (const int y : {run.y - 1, run.y + 1}) {
            if (y < 0 || y >= labels.size().height)
                continue;
            const std::vector<bool>& row = open.row(y);
            for (int x = run.fromX; x <= run.toX; ++x)
                if (row[size_t(x)] && (x == run.fromX || !row[size_t(x - 1)]))
                    waiting.push_back({x, y});
        }
    }
    return runs;
}

} // namespace emend
