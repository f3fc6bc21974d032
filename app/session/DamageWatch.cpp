// SPDX-License-Identifier: Apache-2.0
#include "app/session/DamageWatch.h"

#include "core/project/Project.h"
#include "core/store/ProjectStore.h"

namespace emend {

namespace {

/// The places that refer to that tile of the project's file; none where only the history does.
std::vector<DamagedTile> placesOf(const LabelVolume& labels, qint64 tile)
{
    std::vector<DamagedTile> places;
    const Rect slice = labels.size().sliceRect();
    for (int z = 0; z < labels.size().slices; ++z)
        for (const TileKey key : labels.touchedTiles(z))
            if (labels.tile(key).stored().id() == tile)
                places.push_back({key, key.rect().intersected(slice)});
    return places;
}

} // namespace

DamageWatch::DamageWatch(const Project& project, const ProjectStore& store, QObject* parent)
    : QObject(parent)
    , m_project(project)
{
    connect(&store, &ProjectStore::damageFound, this, &DamageWatch::note);
}

void DamageWatch::note(qint64 tile)
{
    const std::vector<DamagedTile> places = placesOf(m_project.labels(), tile);
    if (places.empty())
        return;
    m_tiles.insert(m_tiles.end(), places.begin(), places.end());
    Q_EMIT found(text());
}

QString DamageWatch::text() const
{
    const DamagedTile& first = m_tiles.front();
    QString where = tr("slice %1, x %2 to %3, y %4 to %5")
                        .arg(first.key.z + 1)
                        .arg(first.rect.x)
                        .arg(first.rect.right() - 1)
                        .arg(first.rect.y)
                        .arg(first.rect.bottom() - 1);
    if (const int more = int(m_tiles.size()) - 1; more > 0)
        where += tr(" and %n more place(s)", nullptr, more);
    return tr("The file is damaged where it keeps the labels of %1; that part is hatched in red "
              "and left alone. All the rest is sound. File, “Repair a project”, makes a new "
              "project of what is intact.")
        .arg(where);
}

} // namespace emend
