// SPDX-License-Identifier: Apache-2.0
#include "core/project/LabelPainter.h"

#include "core/project/FloodFill.h"

namespace emend {

namespace {

/// Null in place of a tile that is untouched all over.
TileRef withoutEmptiness(const TileRef& tile)
{
    static const LabelTile untouched;
    return tile && *tile.labels() == untouched ? TileRef() : tile;
}

bool haveSameLabels(const TileRef& one, const TileRef& other)
{
    return one == other || (one && other && *one.labels() == *other.labels());
}

} // namespace

LabelPainter::LabelPainter(Project& project, int z)
    : m_project(&project)
    , m_z(z)
{
    Q_ASSERT(z >= 0 && z < project.size().slices);
    project.openStroke(*this);
}

LabelPainter::~LabelPainter()
{
    cancel();
}

void LabelPainter::disk(Pixel centre, int radiusPx, Label label)
{
    paint(diskRuns(centre, radiusPx, clip()), label);
}

void LabelPainter::line(Pixel from, Pixel to, int radiusPx, Label label)
{
    paint(lineRuns(from, to, radiusPx, clip()), label);
}

void LabelPainter::polygon(const std::vector<Pixel>& corners, Label label)
{
    paint(polygonRuns(corners, clip()), label);
}

qint64 LabelPainter::fill(Pixel seed, Label label, qint64 maximumPx)
{
    if (!m_project)
        return 0;
    const PixelRuns runs = floodRuns(m_project->labels(), m_z, seed, maximumPx);
    paint(runs, label);
    qint64 pixels = 0;
    for (const PixelRun run : runs)
        pixels += run.toX - run.fromX + 1;
    return pixels;
}

Rect LabelPainter::clip() const
{
    return m_project ? m_project->size().sliceRect() : Rect();
}

void LabelPainter::paint(const PixelRuns& runs, Label label)
{
    if (!m_project)
        return;
    FreshTiles fresh;
    Rect changed;
    for (const PixelRun run : runs) {
        constexpr int size = LabelTile::sizePx;
        for (int x = run.fromX; x <= run.toX; x = (x / size + 1) * size) {
            const PixelRun part{run.y, x, std::min(run.toX, (x / size + 1) * size - 1)};
            changed = changed.united(paintInTile(fresh, part, label));
        }
    }
    publish(fresh, changed);
}

Rect LabelPainter::paintInTile(FreshTiles& fresh, PixelRun run, Label label)
{
    constexpr int size = LabelTile::sizePx;
    const TileKey key{m_z, run.fromX / size, run.y / size};
    const ClassTable& classes = m_project->classes();
    const auto written = fresh.find(key);
    const TileRef published = written == fresh.end() ? m_project->labels().tile(key) : TileRef();
    if (published.isDamaged())
        return {};
    const std::shared_ptr<const LabelTile> now = published                ? published.labels()
                                                 : written == fresh.end() ? nullptr
                                                                          : written->second;
    const auto changes = [&](int x) {
        const Label old = now ? now->at(x % size, run.y % size) : Label();
        return old != label &&
               !(classes.contains(old.classIndex()) && classes.at(old.classIndex()).isLocked);
    };

    while (run.fromX <= run.toX && !changes(run.fromX))
        ++run.fromX;
    while (run.toX >= run.fromX && !changes(run.toX))
        --run.toX;
    if (run.fromX > run.toX)
        return {};

    if (written == fresh.end())
        m_before.try_emplace(key, published);
    LabelTile& tile =
        *(written == fresh.end() ? fresh[key] = mutableCopy(published) : written->second);
    for (int x = run.fromX; x <= run.toX; ++x)
        if (changes(x))
            tile.at(x % size, run.y % size) = label;
    return {run.fromX, run.y, run.toX - run.fromX + 1, 1};
}

// Whatever has been published may be in a snapshot, so every mouse move writes copies of its own
// and hands them over: a few tiles of 64 kB, far below a millisecond.
void LabelPainter::publish(const FreshTiles& fresh, Rect changed)
{
    if (!fresh.empty())
        m_project->setTiles({fresh.begin(), fresh.end()}, m_z, changed);
}

LabelEdit LabelPainter::soFar() const
{
    std::vector<LabelEdit::Change> changes;
    for (const auto& [key, before] : m_before)
        changes.push_back({key, before, m_project->labels().tile(key)});
    return LabelEdit(std::move(changes));
}

LabelEdit LabelPainter::finish()
{
    if (!m_project)
        return {};
    std::vector<LabelEdit::Change> changes;
    std::vector<std::pair<TileKey, TileRef>> tidied;
    for (const auto& [key, before] : m_before) {
        TileRef after = withoutEmptiness(m_project->labels().tile(key));
        if (haveSameLabels(before, after))
            after = before;
        tidied.emplace_back(key, after);
        changes.push_back({key, before, after});
    }
    m_project->setTiles(tidied, m_z, {});
    close();
    return LabelEdit(std::move(changes));
}

void LabelPainter::cancel()
{
    if (!m_project)
        return;
    Rect changed;
    for (const auto& [key, before] : m_before)
        changed = changed.united(key.rect().intersected(clip()));
    m_project->setTiles({m_before.begin(), m_before.end()}, m_z, changed);
    close();
}

void LabelPainter::close()
{
    Project* project = m_project;
    m_project.clear();
    m_before.clear();
    project->closeStroke(*this);
}

} // namespace emend
