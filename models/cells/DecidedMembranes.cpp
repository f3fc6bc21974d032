// SPDX-License-Identifier: Apache-2.0
#include "models/cells/DecidedMembranes.h"

#include "models/slices/GreyPlane.h"

#include <utility>
#include <vector>

namespace emend {

DecidedMembranes::DecidedMembranes(LabelVolume labels, const ClassTable& classes)
    : DecidedMembranes(std::move(labels), classes.indexOf(QStringLiteral("membrane")))
{
}

DecidedMembranes::DecidedMembranes(LabelVolume labels, int membraneClass)
    : m_labels(std::move(labels))
    , m_membrane(membraneClass)
{
}

bool DecidedMembranes::isKnown(int z) const
{
    return m_membrane != 0 && z >= 0 && z < m_labels.size().slices;
}

double DecidedMembranes::share(int z) const
{
    if (!isKnown(z))
        return 0;
    qint64 corrected = m_labels.countStates(z)[size_t(LabelState::corrected)];
    for (const TileKey& key : m_labels.touchedTiles(z)) {
        const TileRef tile = m_labels.tile(key);
        const auto [predicted, ofTile, ignored] = tile.states();
        if (ofTile > 0 && tile.isDamaged())
            corrected -= ofTile;
    }
    return double(corrected) / double(m_labels.size().sliceRect().pixelCount());
}

void DecidedMembranes::putInto(GreyPlane& plane, int z) const
{
    if (share(z) == 0)
        return;
    std::vector<Label> labels(plane.values.size());
    m_labels.read(z, m_labels.size().sliceRect(), labels.data());
    for (size_t i = 0; i < labels.size(); ++i)
        if (labels[i].isCorrected())
            plane.values[i] = labels[i].classIndex() == m_membrane ? 1 : 0;
}

} // namespace emend
